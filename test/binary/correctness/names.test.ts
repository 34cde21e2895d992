import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../../support/binary.ts";
import { linesIn, run, commandRepository } from "./support/commands.ts";

/** Where names may be any bytes. */
const here = test.skipIf(process.platform !== "linux");

/** Names that programs get wrong, as bytes. */
const NAMES: readonly Buffer[] = [
  ...[
    "a b",
    " ",
    "-rf",
    "new\nline",
    "tab\t",
    `both'"quotes`,
    "back\\slash",
    "*.txt",
    "[a]",
    "!not",
    "#hash",
    "$HOME",
    "%s",
  ],
  ...[
    "{root}",
    "{tool}",
    "ünï",
    "日本語",
    "e\u0301",
    "\u00e9",
    "🧪",
    "\u202eright",
    "con",
    "a:b",
    "~",
    "...",
    "x".repeat(250),
  ],
]
  .map((name) => Buffer.from(name))
  .concat([Buffer.from([0x66, 0xff, 0x6f]), Buffer.from([0xc3, 0x28]), Buffer.from([0xed, 0xa0, 0x80])]);

function bytesIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { encoding: "buffer" });
  return Object.fromEntries(
    names.map((name) => [name.toString("hex"), readFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), "utf8")]),
  );
}

here(
  "names with blanks, line ends, quotes and bytes that are no UTF-8 are inputs and outputs like any other",
  async () => {
    using repository = commandRepository({
      atoms: {
        copy: {
          command: `echo ran >> "$HOME/ran"; mkdir -p dist && cp -R in/. dist/`,
          inputs: ["in/**"],
          outputs: ["dist"],
        },
      },
    });
    const [into, out] = [join(repository.root, "in"), join(repository.root, "dist")];
    mkdirSync(into);
    const place = (folder: string, name: Buffer): Buffer => Buffer.concat([Buffer.from(`${folder}/`), name]);
    for (const name of NAMES) writeFileSync(place(into, name), `${name.toString("hex")}\n`);
    repository.commit("names");
    expect(await run(repository, ["copy"])).toMatchObject({ exitCode: 0, ended: { "root:copy": "ok miss" } });
    const made = bytesIn(out);
    expect(Object.keys(made)).toHaveLength(NAMES.length);
    rmSync(out, { recursive: true });
    expect((await run(repository, ["copy"])).ended).toEqual({ "root:copy": "ok hit" });
    expect(bytesIn(out)).toEqual(made);
    // Each counts as an input, and each is repaired as an output.
    for (const name of NAMES.filter((_, at) => at % 4 === 0 || at > 25)) {
      writeFileSync(place(into, name), "other\n");
      expect([name.toString(), (await run(repository, ["copy"])).ended]).toEqual([
        name.toString(),
        { "root:copy": "ok miss" },
      ]);
      writeFileSync(place(into, name), `${name.toString("hex")}\n`);
      writeFileSync(place(out, name), "edited\n");
    }
    expect((await run(repository, ["copy"])).ended).toEqual({ "root:copy": "ok hit" });
    expect(bytesIn(out)).toEqual(made);
  },
);

here("a repository, a home and a project whose names hold blanks and quotes work as any other", async () => {
  using outer = commandRepository({ atoms: {} });
  const name = `it's a "place"\n$(x)`;
  using repository = commandRepository({
    atoms: { build: { command: "mkdir -p dist && cp in.txt dist/", inputs: ["in.txt"], outputs: ["dist"] } },
    files: { "in.txt": "1\n" },
  });
  const root = join(outer.home, name);
  repository.git("worktree", "add", "--quiet", "--detach", root);
  for (const told of ["1 task: 1 run", "1 task, 1 cached", "1 task, 1 cached"]) {
    const ran = await symbiotic(repository, ["run", "build"], { cwd: root });
    expect([ran.exitCode, ran.stdout, ran.stderr]).toEqual([0, expect.stringContaining(told), ""]);
    expect(readFileSync(join(root, "dist/in.txt"), "utf8")).toBe("1\n");
    rmSync(join(root, "dist"), { recursive: true });
  }
});

here("ten thousand files in one folder, as inputs and as outputs", { timeout: 300_000 }, async () => {
  using repository = commandRepository({
    atoms: {
      copy: {
        command: `echo ran >> "$HOME/ran"; mkdir -p dist && cp -R in/. dist/`,
        inputs: ["in/**"],
        outputs: ["dist"],
      },
    },
  });
  const [into, out] = [join(repository.root, "in"), join(repository.root, "dist")];
  mkdirSync(into);
  for (let at = 0; at < 10_000; at += 1) writeFileSync(join(into, `${String(at)}.txt`), `${String(at)}\n`);
  repository.commit("many");
  expect(await run(repository, ["copy"])).toMatchObject({ exitCode: 0, ended: { "root:copy": "ok miss" } });
  expect((await run(repository, ["copy"])).ended).toEqual({ "root:copy": "ok hit" });
  rmSync(out, { recursive: true });
  expect((await run(repository, ["copy"])).ended).toEqual({ "root:copy": "ok hit" });
  expect(readdirSync(out)).toHaveLength(10_000);
  expect(readFileSync(join(out, "9999.txt"), "utf8")).toBe("9999\n");
  writeFileSync(join(into, "5000.txt"), "other\n");
  expect((await run(repository, ["copy"])).ended).toEqual({ "root:copy": "ok miss" });
  expect(readFileSync(join(out, "5000.txt"), "utf8")).toBe("other\n");
  expect(linesIn(repository, "ran")).toHaveLength(2);
});
