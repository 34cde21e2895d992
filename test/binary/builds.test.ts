import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { outcomes } from "../support/record.ts";

/** Source of a build that copies its input to these places and owns those. */
function copying(to: readonly string[], owned: readonly string[] = to): string {
  const script = `const f = require("fs"); for (const p of ${JSON.stringify(to)}) { f.mkdirSync(require("path").dirname(p), { recursive: true }); f.copyFileSync("input.txt", p); }`;
  return `step("build", { kind: "build", outputs: () => ${JSON.stringify(owned)}, command: () => ({ argv: ["node", "-e", ${JSON.stringify(script)}], cwd: "." }) })`;
}

const IGNORED = { ".gitignore": "node_modules/\ndist/\n", "project.json": '{ "name": "app" }\n', "input.txt": "1\n" };

test("a build whose output git tracks is refused before anything runs, and the file is left alone", async () => {
  using repository = createPluginRepository({
    atoms: `{ make: ${copying(["a.txt"])}, other: step("other") }`,
    files: { ...IGNORED, "a.txt": "by hand\n" },
  });
  const { exitCode, stderr } = await symbiotic(repository, ["run", "make"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("SYM3012");
  expect(stderr).toContain("app:make owns a.txt, which git tracks");
  expect(repository.read("a.txt")).toBe("by hand\n");
});

test("two builds that own the same folder are refused, both named", async () => {
  using repository = createPluginRepository({
    atoms: `{ one: ${copying(["dist/a"], ["dist"])}, two: ${copying(["dist/b"], ["dist"])} }`,
    files: IGNORED,
  });
  const { exitCode, stderr } = await symbiotic(repository, ["run", "all"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("app:one and app:two both own dist");
});

test("an output that was edited is kept aside when a hit puts the record's in its place", async () => {
  using repository = createPluginRepository({
    atoms: `{ make: ${copying(["dist/a.txt"], ["dist"])} }`,
    files: IGNORED,
  });
  await symbiotic(repository, ["run", "make"]);
  repository.write({ "dist/a.txt": "edited by a person\n" });
  const { exitCode, stdout } = await symbiotic(repository, ["run", "make"]);
  expect(exitCode).toBe(0);
  expect(outcomes(repository)).toEqual({ "app:make": "ok hit" });
  expect(repository.read("dist/a.txt")).toBe("1\n");
  expect(stdout).toContain("SYM6008");
  const folder = join(repository.root, ".symbiotic/displaced");
  const [run = ""] = readdirSync(folder);
  expect(readFileSync(join(folder, run, "dist/a.txt"), "utf8")).toBe("edited by a person\n");
});

test("a build that does not make what it declares says so, when it runs and when it is served", async () => {
  using repository = createPluginRepository({
    atoms: `{ make: ${copying(["dist/a.txt"], ["dist/a.txt", "dist/b.txt"])} }`,
    files: IGNORED,
  });
  for (const outcome of ["ok miss", "ok hit"]) {
    const { exitCode, stdout } = await symbiotic(repository, ["run", "make"]);
    expect(exitCode).toBe(0);
    expect(outcomes(repository)).toEqual({ "app:make": outcome });
    expect(stdout).toContain("SYM6011");
    expect(stdout).toContain("dist/b.txt");
    expect(stdout).not.toContain("made no dist/a.txt");
  }
});

test.runIf(process.platform !== "win32")(
  "a build whose output lies behind a link is told of, and is not kept",
  async () => {
    using repository = createPluginRepository({ atoms: `{ make: ${copying(["dist/sub/a.txt"])} }`, files: IGNORED });
    mkdirSync(join(repository.root, "dist"));
    mkdirSync(join(repository.home, "elsewhere"));
    symlinkSync(join(repository.home, "elsewhere"), join(repository.root, "dist/sub"));
    for (const time of ["first", "second"]) {
      const { stdout } = await symbiotic(repository, ["run", "make"]);
      expect(outcomes(repository), time).toEqual({ "app:make": "ok miss" });
      expect(stdout).toContain("SYM6007");
      expect(stdout).toContain("dist/sub is a symbolic link");
    }
    expect(existsSync(join(repository.home, "elsewhere/a.txt"))).toBe(true);
  },
);

test.runIf(process.platform !== "win32")(
  "a link to a folder outside the repository: the task runs each time, and says why",
  async () => {
    using repository = createPluginRepository({
      atoms: `{ check: step("check", { inputs: () => ({ files: ["data/**"] }), command: () => ({ argv: ["node", "-e", ""] }) }) }`,
      files: IGNORED,
    });
    symlinkSync(repository.home, join(repository.root, "data"));
    for (const time of ["first", "second"]) {
      const { stdout } = await symbiotic(repository, ["run", "check", "--json"]);
      expect(outcomes(repository), time).toEqual({ "app:check": "ok miss" });
      expect(stdout).toContain("data leads to a folder outside the repository");
    }
  },
);
