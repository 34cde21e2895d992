import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSymbiotic, symbiotic } from "../../support/binary.ts";
import { createControl } from "../../support/control.ts";
import { summaryOf } from "../../support/record.ts";
import type { TestRepository } from "../../support/repository.ts";
import { commandRepository, linesIn, treeOf, type CommandAtom } from "./support/commands.ts";

const CONTROLLED = readFileSync(new URL("../../support/controlled.mjs", import.meta.url), "utf8");

/** Six tasks in three levels; each adds its name to a file of the home folder when it runs. */
const ATOMS: Readonly<Record<string, CommandAtom>> = {
  a: building("a"),
  b: building("b"),
  c: building("c", ["a", "b"]),
  d: building("d", ["b"]),
  e: building("e", ["c", "d"]),
  f: { command: `echo f >> "$HOME/ran"; cat gen/e/out.txt`, inputs: [], dependsOn: ["e"] },
};

function building(name: string, dependsOn: readonly string[] = []): CommandAtom {
  const from = dependsOn.map((each) => `gen/${each}/out.txt`).join(" ");
  return {
    command: `echo ${name} >> "$HOME/ran"; mkdir -p gen/${name}; (echo ${name}; cat in.txt ${from}) > gen/${name}/out.txt`,
    inputs: ["in.txt"],
    outputs: [`gen/${name}`],
    dependsOn,
  };
}

function text(name: string, ...before: readonly string[]): string {
  return `${name}\n1\n${before.join("")}`;
}

const [A, B] = [text("a"), text("b")];
const [C, D] = [text("c", A, B), text("d", B)];
const MADE = Object.fromEntries(
  Object.entries({ a: A, b: B, c: C, d: D, e: text("e", C, D) }).map(([name, made]) => [
    `${name}/out.txt`,
    `100644 ${made}`,
  ]),
);

function repositoryOf(atoms: Readonly<Record<string, CommandAtom>>): TestRepository {
  return commandRepository({ atoms, files: { "in.txt": "1\n", "controlled.mjs": CONTROLLED } });
}

/** A second work tree of the repository, which shares its cache. */
function workTree(repository: TestRepository, name: string): Pick<TestRepository, "root" | "env"> {
  const root = join(repository.home, name);
  repository.git("worktree", "add", "--quiet", "--detach", root);
  return { root, env: repository.env };
}

test.each<[what: string, processes: number, trees: number]>([
  ["two processes in one work tree", 2, 1],
  ["eight processes in one work tree", 8, 1],
  ["two processes in two work trees", 2, 2],
  ["eight processes in two work trees", 8, 2],
])("%s at once compute no key twice, and all have the right outputs", async (_what, processes, trees) => {
  using repository = repositoryOf(ATOMS);
  const places = [repository, ...(trees === 2 ? [workTree(repository, "other")] : [])];
  const started = Array.from({ length: processes }, (_, at) =>
    symbiotic(places[at % trees] ?? repository, ["run", "f", "--json"]),
  );
  for (const { exitCode, stderr, stdout } of await Promise.all(started)) {
    expect([exitCode, stderr.match(/SYM6\d\d\d.*/)?.[0]]).toEqual([0, undefined]);
    const { counts } = JSON.parse(stdout) as { readonly counts: object };
    expect(counts).toMatchObject({ total: 6, ok: 6 });
  }
  expect([...linesIn(repository, "ran")].sort()).toEqual(["a", "b", "c", "d", "e", "f"]);
  for (const { root } of places) expect(treeOf(join(root, "gen"))).toEqual(MADE);
  expect(await symbiotic(repository, ["cache", "verify"])).toMatchObject({ exitCode: 0 });
  for (const place of places) expect((await symbiotic(place, ["run", "f"])).stdout).toContain("6 tasks, 6 cached");
  expect(linesIn(repository, "ran")).toHaveLength(6);
});

test("who waits says for which process, and is served what that one kept; in another work tree too", async () => {
  using repository = repositoryOf({
    slow: {
      command: "node controlled.mjs slow && mkdir -p dist && cp in.txt dist/out.txt",
      inputs: ["in.txt"],
      outputs: ["dist"],
    },
  });
  await using control = await createControl(repository);
  const other = workTree(repository, "other");
  const one = startSymbiotic(repository, ["run", "slow"]);
  const slow = await control.next("slow");
  const two = startSymbiotic(repository, ["run", "slow"]);
  const three = startSymbiotic(other, ["run", "slow"]);
  const says = `root:slow waits for process ${String(one.pid)}, which runs it too`;
  await Promise.all([two.said(says), three.said(says)]);
  await slow.exit(0);
  const ended = await Promise.all([one.ended, two.ended, three.ended]);
  expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect(control.started).toEqual(["slow"]);
  for (const { root } of [repository, other]) expect(treeOf(join(root, "dist"))).toEqual({ "out.txt": "100644 1\n" });
});

test("who waits takes over where the other one was killed, or its task failed", async () => {
  using repository = repositoryOf({ slow: { command: "node controlled.mjs slow", inputs: ["in.txt"] } });
  await using control = await createControl(repository);
  for (const end of ["killed", "failed"]) {
    repository.write({ "in.txt": `${end}\n` });
    const one = startSymbiotic(repository, ["run", "slow"]);
    const first = await control.next("slow");
    const two = startSymbiotic(repository, ["run", "slow"]);
    await two.said(`waits for process ${String(one.pid)}`);
    if (end === "killed") one.kill("SIGKILL");
    else await first.exit(1);
    await (await control.next("slow")).exit(0);
    expect([end, (await two.ended).exitCode]).toEqual([end, 0]);
    expect([end, (await one.ended).exitCode]).toEqual([end, end === "killed" ? null : 1]);
  }
});

test("the same task with other inputs in two work trees: both run, each has its own outputs", async () => {
  using repository = repositoryOf(ATOMS);
  const other = workTree(repository, "other");
  repository.write({ "in.txt": "2\n" });
  const both = await Promise.all([repository, other].map((place) => symbiotic(place, ["run", "e"])));
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  expect(linesIn(repository, "ran")).toHaveLength(10);
  expect(treeOf(join(other.root, "gen"))).toEqual(MADE);
  expect(treeOf(join(repository.root, "gen"))["a/out.txt"]).toBe("100644 a\n2\n");
  expect(summaryOf(repository).counts).toMatchObject({ total: 5, ok: 5 });
});
