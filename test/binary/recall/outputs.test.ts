import { chmodSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRecallRepository, takeSteps, tell } from "../../support/recall-rig.ts";
import type { TestRepository } from "../../support/repository.ts";

const at = ({ root }: TestRepository, path: string): string => join(root, path);

test("outputs are right after a run that is told from a snapshot as after any other", async () => {
  using repository = createRecallRepository();
  await takeSteps(repository, [
    { name: "one is altered", change: (r) => r.write({ "lib/dist/all.txt": "altered\n" }), isRecalled: false },
    {
      name: "one is altered, and its times put back",
      change: (r) => {
        const { mtime } = statSync(at(r, "lib/dist/sub/count.txt"));
        writeFileSync(at(r, "lib/dist/sub/count.txt"), "7");
        utimesSync(at(r, "lib/dist/sub/count.txt"), mtime, mtime);
      },
      isRecalled: false,
    },
    { name: "one is deleted", change: (r) => r.remove("app/dist/all.txt"), isRecalled: false },
    { name: "all are deleted", change: (r) => r.remove("lib/dist", "app/dist"), isRecalled: false },
    { name: "a file beside them", change: (r) => r.write({ "lib/dist/extra.txt": "by hand\n" }), isRecalled: false },
    { name: "a file in a folder beside them", change: (r) => r.write({ "lib/dist/more/x": "1\n" }), isRecalled: false },
    {
      name: "an empty folder beside them",
      change: (r) => mkdirSync(at(r, "lib/dist/e/f"), { recursive: true }),
      isRecalled: true,
    },
    {
      name: "a file in the folder that was empty",
      change: (r) => r.write({ "lib/dist/e/f/x": "1\n" }),
      isRecalled: false,
    },
    {
      name: "one in capitals",
      change: (r) => renameSync(at(r, "lib/dist/all.txt"), at(r, "lib/dist/ALL.txt")),
      isRecalled: false,
    },
    {
      name: "a folder in a file's place",
      change: (r) => {
        rmSync(at(r, "lib/dist/all.txt"));
        mkdirSync(at(r, "lib/dist/all.txt"));
      },
      isRecalled: false,
    },
    {
      name: "a file in a folder's place",
      change: (r) => {
        r.remove("lib/dist");
        r.write({ "lib/dist": "1\n" });
      },
      isRecalled: false,
    },
    { name: "what was never made", change: (r) => r.write({ "lib/build/never": "by hand\n" }), isRecalled: false },
    {
      name: "a folder where nothing was made",
      change: (r) => mkdirSync(at(r, "app/build/never"), { recursive: true }),
      isRecalled: false,
    },
    { name: "a file in it", change: (r) => r.write({ "app/build/never/x": "1\n" }), isRecalled: false },
    {
      name: "the two builds' outputs swapped",
      change: (r) => {
        renameSync(at(r, "lib/dist"), at(r, "x.local"));
        renameSync(at(r, "app/dist"), at(r, "lib/dist"));
        renameSync(at(r, "x.local"), at(r, "app/dist"));
      },
      isRecalled: false,
    },
    {
      name: "moved away and back",
      change: (r) => {
        renameSync(at(r, "lib/dist"), at(r, "x.local"));
        renameSync(at(r, "x.local"), at(r, "lib/dist"));
      },
      isRecalled: true,
    },
  ]);
});

test.runIf(process.platform !== "win32").each([
  ["a file that is a link", "lib/dist/all.txt"],
  ["a folder that is a link", "lib/dist/sub"],
  ["an owned folder that is a link", "lib/dist"],
])("%s to what was made is not taken for it", async (name, path) => {
  using repository = createRecallRepository();
  const change = (r: TestRepository): void => {
    renameSync(at(r, path), at(r, "moved.local"));
    symlinkSync(at(r, "moved.local"), at(r, path));
  };
  await takeSteps(repository, [{ name, change, isRecalled: false }]);
});

test.runIf(process.platform !== "win32")(
  "an output's mode counts, and a link above where nothing was made",
  async () => {
    using repository = createRecallRepository();
    const link = (r: TestRepository): void => {
      mkdirSync(at(r, "b.local"));
      symlinkSync(at(r, "b.local"), at(r, "lib/build"));
    };
    await takeSteps(repository, [
      { name: "executable", change: (r) => chmodSync(at(r, "lib/dist/all.txt"), 0o755), isRecalled: false },
      { name: "a folder for one alone", change: (r) => chmodSync(at(r, "lib/dist"), 0o700), isRecalled: true },
      { name: "a link above", change: link, isRecalled: false },
    ]);
  },
);

test.runIf(process.platform !== "win32")(
  "a folder above an output that becomes a link makes the build run again",
  async () => {
    const make = { command: "mkdir -p build/out && cp src/main.txt build/out/main.txt", outputs: ["build/out"] };
    using repository = createRecallRepository({
      "src/main.txt": "main\n",
      "symbiotic.config.json": JSON.stringify({ disable: ["python", "node", "ruff", "pytest"], atoms: { make } }),
    });
    repository.remove("symbiotic.config.ts", "lib", "app");
    const made = { args: ["run", "make", "--json"] };
    await tell(repository, made);
    expect((await tell(repository, made)).isRecalled).toBe(true);
    renameSync(at(repository, "build"), at(repository, "moved.local"));
    symlinkSync(at(repository, "moved.local"), at(repository, "build"));
    const { isRecalled, stdout } = await tell(repository, made);
    expect(isRecalled).toBe(false);
    expect(stdout).toContain("SYM6007");
  },
);
