import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TestRepository } from "../../support/repository.ts";
import { commandRepository, run, treeOf } from "./support/commands.ts";
import { symbiotic } from "../../support/binary.ts";

/** A build of one output path, which writes a file there. */
function building(output: string): TestRepository {
  return commandRepository({
    atoms: {
      build: {
        command: `echo ran >> "$HOME/ran"; mkdir -p "$(dirname '${output}')" && echo made > '${output}'`,
        inputs: ["in.txt"],
        outputs: [output],
      },
    },
    files: { "in.txt": "1\n" },
  });
}

test.each([
  "../out.txt",
  "dist/../../out.txt",
  "/tmp/symbiotic-out.txt",
  ".",
  "./",
  ".git/hooks/pre-commit",
  ".symbiotic/out",
  "in.txt",
])("an output at `%s` is refused before anything runs", async (output) => {
  using repository = building(output);
  const { exitCode, stdout, stderr } = await symbiotic(repository, ["run", "build"]);
  expect(exitCode).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/SYM30(?:10|12) {2}root:build owns/);
  expect(readdirSync(repository.home)).not.toContain("ran");
  expect(readdirSync(join(repository.root, "..")).sort()).toEqual(["home", "repository"]);
});

test("an output folder that leads out of the repository is not written through, neither by a run nor by a hit", async () => {
  using repository = building("gen/deep/out.txt");
  const outside = join(repository.home, "outside");
  mkdirSync(outside);
  expect((await run(repository, ["build"])).ended).toEqual({ "root:build": "ok miss" });
  for (const link of ["gen", "gen/deep"]) {
    rmSync(join(repository.root, link), { recursive: true });
    mkdirSync(join(outside, "deep"), { recursive: true });
    writeFileSync(join(outside, "deep/out.txt"), "precious\n");
    writeFileSync(join(outside, "out.txt"), "precious\n");
    if (link === "gen/deep") mkdirSync(join(repository.root, "gen"), { recursive: true });
    symlinkSync(outside, join(repository.root, link));
    const again = await run(repository, ["build"]);
    // The command itself writes where it likes; what the engine does is to keep nothing of it, and to put nothing there.
    expect([link, again.exitCode, again.ended]).toEqual([link, 0, { "root:build": "ok miss" }]);
    expect([link, again.all]).toEqual([link, expect.stringContaining("SYM6007")]);
    const touched = link === "gen" ? "deep/out.txt" : "out.txt";
    expect([link, treeOf(outside)[touched]]).toEqual([link, "100644 made\n"]);
    rmSync(join(repository.root, link));
    expect((await run(repository, ["build"])).ended).toEqual({ "root:build": "ok hit" });
    expect(treeOf(join(repository.root, "gen"))).toEqual({ "deep/out.txt": "100644 made\n" });
  }
});

test("a link that a task makes as its output is kept as a link, whatever it leads to", async () => {
  using repository = commandRepository({
    atoms: {
      build: {
        command: `mkdir -p dist && ln -sfn "$HOME" dist/home && ln -sfn ../../.. dist/up && ln -sfn nowhere dist/gone`,
        inputs: ["in.txt"],
        outputs: ["dist"],
      },
    },
    files: { "in.txt": "1\n" },
  });
  writeFileSync(join(repository.home, "precious"), "precious\n");
  await run(repository, ["build"]);
  const made = { gone: "-> nowhere", home: `-> ${repository.home}`, up: "-> ../../.." };
  expect(treeOf(join(repository.root, "dist"))).toEqual(made);
  rmSync(join(repository.root, "dist"), { recursive: true });
  expect((await run(repository, ["build"])).ended).toEqual({ "root:build": "ok hit" });
  expect(treeOf(join(repository.root, "dist"))).toEqual(made);
  expect(treeOf(repository.home)["precious"]).toBe("100644 precious\n");
});
