import { appendFileSync, chmodSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planned, plannedAnew } from "../support/kept-graph-rig.ts";
import { createPackages, graphsOf, packageOf } from "../support/packages-repository.ts";
import type { TestRepository } from "../support/repository.ts";

const at = ({ root }: TestRepository, path: string): string => join(root, path);

/** Something that happens between two runs. */
interface Step {
  readonly name: string;
  readonly change: (repository: TestRepository) => void;
  /** Whether the run after it goes by the project graph of the run before it. */
  readonly isKept: boolean;
  /** Whether one after that does; as the first where it is not said. */
  readonly isKeptThen?: boolean;
}

/** Takes the steps one after the other; each run plans what a run without any kept graph plans. */
async function takeSteps(repository: TestRepository, steps: readonly Step[]): Promise<void> {
  await plannedAnew(repository);
  for (const { name, change, isKept, isKeptThen = true } of steps) {
    change(repository);
    const first = await planned(repository);
    const second = await planned(repository);
    const whole = await plannedAnew(repository);
    expect.soft([first.isKept, second.isKept, whole.isKept], name).toEqual([isKept, isKeptThen, false]);
    expect.soft(first.told, name).toEqual(whole.told);
    expect.soft(second.told, name).toEqual(whole.told);
    expect.soft([first.exitCode, second.exitCode], name).toEqual([whole.exitCode, whole.exitCode]);
  }
}

const edit = (path: string) => (repository: TestRepository) => {
  appendFileSync(at(repository, path), "more\n");
};

test("while only bytes change, projects are not looked for again", async () => {
  using repository = createPackages();
  await takeSteps(repository, [
    { name: "a source of what others need", change: edit("packages/core/src/a.txt"), isKept: true },
    { name: "another file of it", change: edit("packages/core/src/b.txt"), isKept: true },
    { name: "a source that nobody needs", change: edit("packages/docs/src/a.txt"), isKept: true },
    { name: "a file that every command reads", change: edit("shared/words.txt"), isKept: true },
    { name: "a file that none reads", change: edit("README.md"), isKept: true },
    { name: "staged", change: (r) => r.git("add", "packages/core"), isKept: true },
    { name: "committed", change: (r) => r.commit("edits"), isKept: true },
    {
      name: "another commit with the same names",
      change: (r) => r.git("switch", "--quiet", "--detach", "main"),
      isKept: true,
    },
    { name: "a mode", change: (r) => chmodSync(at(r, "packages/docs/src/b.txt"), 0o755), isKept: true },
  ]);
});

test("what is there or not, and every manifest, lock and setting, makes them be looked for again", async () => {
  using repository = createPackages();
  await takeSteps(repository, [
    { name: "an edit", change: edit("packages/core/src/a.txt"), isKept: true },
    { name: "a new file", change: (r) => r.write({ "packages/docs/src/new.txt": "new\n" }), isKept: false },
    { name: "another file is ignored", change: edit(".git/info/exclude"), isKept: true },
    {
      name: "it is ignored",
      change: (r) => writeFileSync(at(r, ".git/info/exclude"), "new.txt\n"),
      isKept: false,
    },
    { name: "a file is gone", change: (r) => r.remove("packages/docs/src/b.txt"), isKept: false },
    { name: "it is back", change: (r) => r.git("checkout", "packages/docs"), isKept: false },
    {
      name: "renamed",
      change: (r) => renameSync(at(r, "packages/web/src/b.txt"), at(r, "packages/web/src/c.txt")),
      isKept: false,
    },
    { name: "a package more", change: (r) => r.write(packageOf("more", {})), isKept: false, isKeptThen: false },
    { name: "it is gone", change: (r) => r.remove("packages/more"), isKept: false },
    { name: "a lock", change: (r) => r.write({ "package-lock.json": "{}\n" }), isKept: false, isKeptThen: false },
    { name: "it is gone", change: (r) => r.remove("package-lock.json"), isKept: false },
    {
      name: "a dependency",
      change: (r) => r.write({ ...packageOf("docs", { core: "workspace:*" }) }),
      isKept: false,
      isKeptThen: false,
    },
    {
      name: "the configuration",
      change: (r) => r.write({ "symbiotic.config.ts": r.read("symbiotic.config.ts").replace("wc -c", "wc -l") }),
      isKept: false,
      isKeptThen: false,
    },
  ]);
});

test("nothing is kept where names are no files, and where git does not look at all of them", async () => {
  using repository = createPackages();
  const never = { isKept: false, isKeptThen: false };
  await takeSteps(repository, [
    { name: "a link", change: (r) => symlinkSync("a.txt", at(r, "packages/docs/src/link.txt")), ...never },
    { name: "no link", change: (r) => rmSync(at(r, "packages/docs/src/link.txt")), isKept: false },
    {
      name: "taken for unchanged",
      change: (r) => r.git("update-index", "--assume-unchanged", "packages/docs/src/a.txt"),
      ...never,
    },
    {
      name: "looked at again",
      change: (r) => r.git("update-index", "--no-assume-unchanged", "packages/docs/src/a.txt"),
      isKept: false,
    },
    {
      name: "skipped",
      change: (r) => r.git("update-index", "--skip-worktree", "packages/docs/src/a.txt"),
      ...never,
    },
  ]);
});

test("what the configuration reads of the environment counts, and so do the folder and the projects that are named", async () => {
  using repository = createPackages();
  repository.write({
    "symbiotic.config.ts": `${repository.read("symbiotic.config.ts")}void process.env.SHOP;\n`,
  });
  repository.commit("reads a variable");
  repository.git("branch", "--force", "main");
  edit("packages/core/src/a.txt")(repository);
  const args = ["run", "all", "--affected"];
  const runs: readonly (readonly string[])[] = [args, [...args, "--base", "main"], [...args, "--json"]];
  for (const each of runs) expect((await planned(repository, each)).isKept, each.join(" ")).toBe(each !== args);
  const filtered = [...args, "--filter", "docs"];
  const first = await planned(repository, filtered);
  expect(first.output).toContain("nothing is affected: the file that changed is no input of any task");
  const second = await planned(repository, filtered);
  expect([first.isKept, second.isKept, second.told]).toEqual([false, true, first.told]);
  const other = { ...repository, env: { ...repository.env, SHOP: "1" } };
  expect((await planned(other, args)).isKept).toBe(false);
});

test("a graph that is damaged, torn or of another version is not used, and nothing is said of it", async () => {
  using repository = createPackages();
  edit("packages/core/src/a.txt")(repository);
  const whole = await planned(repository);
  for (const damage of [
    (file: string) => truncateSync(file, 100),
    (file: string) => writeFileSync(file, ""),
    (file: string) => writeFileSync(file, "SYMSNAP4".padEnd(4000, "x")),
  ]) {
    const [file = ""] = graphsOf(repository);
    damage(file);
    const { isKept, told, exitCode, output } = await planned(repository);
    expect([isKept, exitCode, told]).toEqual([false, 0, whole.told]);
    expect(output).not.toContain("SYM");
    expect((await planned(repository)).isKept).toBe(true);
  }
});
