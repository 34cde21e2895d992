import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listWorktrees } from "../../../src/worktree/list-worktrees.ts";
import { removeOrphans } from "../../../src/worktree/remove-orphans.ts";
import {
  ensured,
  entries,
  otherProcess,
  reasonsOf,
  removed,
  rm,
  unwrap,
  worktreeRig,
  type WorktreeRig,
} from "./worktree-rig.ts";

/** Worktrees of a process, by issue. */
async function made(rig: WorktreeRig, ids: readonly string[], { run = "run-2", then = "" } = {}) {
  const other = otherProcess(
    rig,
    `say(${JSON.stringify(ids)}.map((id) => {
      const lease = takeLease(worktrees, id).value;
      const { path } = ensureWorktree(worktrees, lease, { base: "main" }).value;
      ${then}
      return path;
    }));`,
    { run },
  );
  const [paths] = (await other.lines()) as [string[]];
  return { ...other, paths };
}

const names = (rig: WorktreeRig): readonly string[] => unwrap(listWorktrees(rig.open())).map(({ name }) => name);

test("worktrees of runs that died go where nothing is lost, and say why where not", async () => {
  const rig = worktreeRig();
  const dead = await made(rig, ["clean", "dirty"]);
  await made(rig, ["alive"], { run: "run-3" });
  await (await made(rig, ["left"], { then: "lease.release();" })).kill();
  await (await made(rig, ["resumed"], { run: "run-4" })).kill();
  await dead.kill();
  writeFileSync(join(dead.paths[1] ?? "", "new.py"), "");
  const own = ensured(rig.open(), "own");
  const orphans = unwrap(removeOrphans(rig.open(), { isOver: (run) => run !== "run-4" }));
  expect(orphans.map(({ name, removal }) => [name, ...reasonsOf(removal)])).toEqual([
    ["clean", "removed"],
    ["dirty", "SYM7620"],
  ]);
  expect(names(rig)).toEqual(["alive", "dirty", "left", "own", "resumed"]);
  own.lease.release();
  // What keeps it is gone: the next time it goes.
  rm(join(dead.paths[1] ?? "", "new.py"));
  expect(unwrap(removeOrphans(rig.open())).map(({ name }) => name)).toEqual(["dirty", "resumed"]);
  expect(names(rig)).toEqual(["alive", "left", "own"]);
});

test("a list says of each worktree how it is, who works there, and what keeps it, and changes nothing", async () => {
  const rig = worktreeRig();
  expect(unwrap(listWorktrees(rig.open()))).toEqual([]);
  expect(entries(join(rig.repository.root, ".git/symbiotic"))).toEqual([]);
  const other = await made(rig, ["busy"]);
  for (const id of ["damaged", "link", "missing", "ready", "untidy"]) ensured(rig.open(), id).lease.release();
  const paths = new Map(unwrap(listWorktrees(rig.open())).map(({ name, record }) => [name, record?.path ?? ""]));
  writeFileSync(rig.recordFile("damaged"), "{");
  rm(paths.get("missing") ?? "");
  rm(join(paths.get("link") ?? "", ".git"));
  writeFileSync(join(paths.get("untidy") ?? "", "new.py"), "");
  writeFileSync(join(paths.get("untidy") ?? "", ".env"), "");
  const seen = (): unknown[] =>
    unwrap(listWorktrees(rig.open())).map(({ name, state, holder, reasons, ignored }) => [
      ...[name, state, holder?.pid, reasons.map(({ code }) => code), ignored],
    ]);
  const expected = [
    ["busy", "ready", other.child.pid, [], []],
    ["damaged", "damaged", undefined, ["SYM7603"], []],
    ["link", "damaged", undefined, ["SYM7613"], []],
    ["missing", "missing", undefined, [], []],
    ["ready", "ready", undefined, [], []],
    ["untidy", "ready", undefined, ["SYM7620", "SYM7624"], [".env"]],
  ];
  expect(seen()).toEqual(expected);
  expect(seen()).toEqual(expected);
});

test("what is gone with its branch is forgotten, and not what is gone without it", () => {
  const rig = worktreeRig();
  for (const id of ["a", "b"]) {
    const { lease } = ensured(rig.open(), id);
    expect(removed(rig.open(), lease)).toEqual(["removed"]);
    lease.release();
  }
  rig.repository.git("branch", "--quiet", "-D", "issue/a");
  expect(unwrap(removeOrphans(rig.open()))).toEqual([]);
  expect([rig.record("a"), rig.record("b")?.state]).toEqual([undefined, "gone"]);
});
