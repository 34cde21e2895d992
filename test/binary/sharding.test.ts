import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { writeDurations } from "../support/history.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { eventsOf, eventsOfType, summaryOf } from "../support/record.ts";
import type { TestRepository } from "../support/repository.ts";

/** Five projects, of which `web` waits for what `lib` builds; `evidence` feeds a gate. */
function fiveProjects(gate = "pass"): TestRepository {
  const project = (name: string, dependsOn: readonly string[] = []): [string, string][] => [
    [`${name}/project.json`, JSON.stringify({ name, dependsOn })],
    [`${name}/input.txt`, "1\n"],
  ];
  return createPluginRepository({
    atoms: `{
      make: step("make", { command: ({ project }) => ({ argv: ["node", "-e", "console.log('made')"] }) }),
      check: step("check", { dependsOn: ["make", "^make"], command: () => ({ argv: ["node", "-e", ""] }), parse: () => ok(found({ metrics: [{ name: "size", value: 1, unit: "MB" }] })) }),
    }`,
    gates: `{ checked: {
      title: "checked", describe: "d", reads: ["check"], required: () => true,
      decide: ({ tasks, project }) => ({ verdict: project.name === "lib" ? "${gate}" : "pass", measured: String(tasks.length), wanted: "1" }),
      total: (parts) => ({ measured: String(parts.length), wanted: "all" }),
    } }`,
    files: Object.fromEntries([
      ...project("lib"),
      ...project("web", ["lib"]),
      ...project("api"),
      ...project("docs"),
      ...project("tool"),
    ]),
  });
}

/** What a shard ran: its tasks, and the projects over which its gate was decided. */
async function shard(repository: TestRepository, text: string, flags: readonly string[] = []) {
  const { exitCode, stdout } = await symbiotic(repository, ["run", "all", "--shard", text, ...flags]);
  const decided = eventsOfType(eventsOf(repository), "gate-decided");
  return {
    exitCode,
    stdout,
    tasks: summaryOf(repository).tasks.map(({ id }) => id),
    gated: decided.flatMap(({ projects }) => projects.map(({ project }) => project)),
  };
}

test("each project is in exactly one shard, with all of its tasks, and its gates are decided there and only there", async () => {
  using repository = fiveProjects();
  const parts = [await shard(repository, "1/3"), await shard(repository, "2/3"), await shard(repository, "3/3")];
  expect(parts.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect(parts.flatMap(({ gated }) => gated).sort()).toEqual(["api", "docs", "lib", "tool", "web"]);
  for (const { tasks, gated } of parts) {
    const whole = gated.flatMap((name) => [`${name}:check`, `${name}:make`]);
    const before = gated.includes("web") && !gated.includes("lib") ? ["lib:make"] : [];
    expect(tasks).toEqual([...whole, ...before].sort());
  }
  expect(parts[0]?.stdout.split("\n")[0]).toContain("5 projects · shard 1 of 3");
});

test("a gate that fails in one project fails the shard that has it, and no other passes in its place", async () => {
  using repository = fiveProjects("fail");
  const parts = [await shard(repository, "1/2"), await shard(repository, "2/2")];
  for (const { gated, exitCode } of parts) expect(exitCode).toBe(gated.includes("lib") ? 1 : 0);
  expect(parts.flatMap(({ gated }) => gated)).toContain("lib");
});

test("the shards are the same on a machine that has run before, and by durations they follow the history", async () => {
  using repository = fiveProjects();
  const before = await shard(repository, "1/2");
  expect((await shard(repository, "1/2")).gated).toEqual(before.gated);
  // What is known of one project makes it weigh as much as all others together.
  await symbiotic(repository, ["run", "all"]);
  writeDurations(repository, "api:check", [100_000, 100_000, 100_000]);
  const [first, second] = [
    await shard(repository, "1/2", ["--shard-by", "durations"]),
    await shard(repository, "2/2", ["--shard-by", "durations"]),
  ];
  expect(first.gated).toEqual(["api"]);
  expect(second.gated).toEqual(["docs", "lib", "tool", "web"]);
});

test("a shard for which no project is left has nothing to do and says so", async () => {
  using repository = createPluginRepository({
    atoms: `{ a: step("a", { command: () => ({ argv: ["node", "-e", ""] }) }) }`,
  });
  expect((await shard(repository, "1/2")).tasks).toEqual(["app:a"]);
  const empty = await shard(repository, "2/2");
  expect([empty.exitCode, empty.stdout, empty.tasks]).toEqual([
    0,
    "nothing to run: no project is left for this shard\n",
    [],
  ]);
});

test("a shard of what a change affects has its part of the affected projects", async () => {
  using repository = fiveProjects();
  repository.write({ "api/input.txt": "2\n", "docs/input.txt": "2\n" });
  const parts = [
    await shard(repository, "1/2", ["--affected", "--base", "HEAD"]),
    await shard(repository, "2/2", ["--affected", "--base", "HEAD"]),
  ];
  expect(parts.map(({ gated }) => gated)).toEqual([["api"], ["docs"]]);
});
