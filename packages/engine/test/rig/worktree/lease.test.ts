import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensureWorktree } from "../../../src/worktree/ensure-worktree.ts";
import { leaseHolder, takeLease } from "../../../src/worktree/lease.ts";
import { codeOf, ensured, leaseOf, otherProcess, unwrap, worktreeRig } from "./worktree-rig.ts";

const TAKE = `
  const lease = takeLease(worktrees, "a");
  say(lease.ok ? "taken" : lease.error);`;

test("an issue is one process's at a time, and who asks is told whose, and since when", async () => {
  const rig = worktreeRig();
  const other = otherProcess(rig, TAKE);
  expect(await other.lines()).toEqual(["taken"]);
  const asked = takeLease(rig.open(), "a");
  const message = `process ${String(other.child.pid)} of run run-2 works on a since 2026-11-22T09:00:00.000Z`;
  expect(asked).toMatchObject({ ok: false, error: { code: "SYM7615", message } });
  expect(leaseHolder(rig.open(), "a")).toMatchObject({ pid: other.child.pid, run: "run-2" });
  expect(leaseOf(rig.open(), "b").name).toBe("b");
  expect(leaseHolder(rig.open(), "c")).toBeUndefined();
});

test("one process has a lease once, and again after it let go", () => {
  const { open } = worktreeRig();
  const [worktrees, others] = [open(), open()];
  const lease = leaseOf(worktrees, "a");
  expect([codeOf(takeLease(worktrees, "a")), codeOf(takeLease(others, "a"))]).toEqual(["SYM7615", "SYM7615"]);
  // Where case means nothing to the file system both are one folder.
  expect(codeOf(takeLease(others, "A"))).toBe("SYM7615");
  lease.release();
  lease.release();
  expect(codeOf(takeLease(others, "a"))).toBe("ok");
  expect(codeOf(takeLease(worktrees, "a"))).toBe("SYM7615");
});

test("the lease of a process that was killed is taken over, with its worktree as it left it", async () => {
  const rig = worktreeRig();
  const other = otherProcess(
    rig,
    `const lease = takeLease(worktrees, "a").value;
    say(ensureWorktree(worktrees, lease, { base: "main" }).value.path);`,
  );
  const [path] = (await other.lines()) as [string];
  writeFileSync(join(path, "half.py"), "");
  await other.kill();
  const worktree = ensured(rig.open(), "a");
  expect(worktree).toMatchObject({ path, created: false, takenOverFrom: { run: "run-2", pid: other.child.pid } });
  expect(readdirSync(path)).toContain("half.py");
  worktree.lease.release();
  expect(ensured(rig.open(), "a").takenOverFrom).toBeUndefined();
});

test("the lease of a process that ended is free, and its worktree was left on purpose only if it let go", async () => {
  const rig = worktreeRig();
  const other = otherProcess(
    rig,
    `{ using lease = takeLease(worktrees, "a").value;
    ensureWorktree(worktrees, lease, { base: "main" }); }
    say("let go");`,
  );
  await other.lines();
  await other.kill();
  expect(rig.record("a")).toMatchObject({ user: null });
  expect(ensured(rig.open(), "a").takenOverFrom).toBeUndefined();
});

test("of processes that ask at once exactly one gets the lease, and makes the worktree", async () => {
  const rig = worktreeRig();
  const others = Array.from({ length: 4 }, (_, index) =>
    otherProcess(
      rig,
      `const lease = takeLease(worktrees, "a");
      say(lease.ok ? ensureWorktree(worktrees, lease.value, { base: "main" }).ok : lease.error.code);`,
      { run: `run-${String(index)}` },
    ),
  );
  const said = await Promise.all(others.map(({ lines }) => lines()));
  expect(said.flat().sort()).toEqual(["SYM7615", "SYM7615", "SYM7615", true]);
  expect(rig.known()).toHaveLength(1);
});

test("processes that take turns at one issue are never two at once, and each has its turn", async () => {
  const rig = worktreeRig();
  const inside = join(rig.repository.home, "inside");
  const others = Array.from({ length: 3 }, () =>
    otherProcess(
      rig,
      `const { mkdirSync, rmdirSync } = await import("node:fs");
      let turns = 0;
      while (turns < 10) {
        const lease = takeLease(worktrees, "a");
        if (!lease.ok) { await new Promise(setImmediate); continue; }
        mkdirSync(${JSON.stringify(inside)});
        rmdirSync(${JSON.stringify(inside)});
        lease.value.release();
        turns += 1;
      }
      say(turns);`,
    ),
  );
  expect((await Promise.all(others.map(({ lines }) => lines()))).flat()).toEqual([10, 10, 10]);
});

test("processes that make worktrees of several issues at once do not disturb each other", async () => {
  const rig = worktreeRig();
  const others = ["a", "b", "c", "d"].map((id) =>
    otherProcess(
      rig,
      `const lease = takeLease(worktrees, "${id}").value;
      const made = ensureWorktree(worktrees, lease, { base: "main" });
      say(made.ok ? removeWorktree(worktrees, lease).value?.removed : made.error);`,
    ),
  );
  expect((await Promise.all(others.map(({ lines }) => lines()))).flat()).toEqual([true, true, true, true]);
  expect(rig.known()).toEqual([]);
});

test("where no lease can be written nobody works", () => {
  const { repository, open } = worktreeRig();
  const state = join(repository.root, ".git/symbiotic/worktrees");
  mkdirSync(state, { recursive: true });
  // A file where a folder has to be: nobody can write below it, whoever he is.
  writeFileSync(join(state, "leases"), "");
  expect(codeOf(takeLease(open(), "a"))).toBe("SYM7616");
  rmSync(state, { recursive: true });
  writeFileSync(join(repository.root, ".git/symbiotic/worktrees"), "");
  expect(codeOf(takeLease(open(), "a"))).toBe("SYM7616");
});

test("where nothing can be written down no worktree is made", () => {
  const { repository, open, known } = worktreeRig();
  const worktrees = open();
  const lease = unwrap(takeLease(worktrees, "a"));
  const elsewhere = { ...worktrees, records: join(repository.root, "src/a.py/below") };
  const asked = ensureWorktree(elsewhere, lease, { base: "main" });
  expect(codeOf(asked)).toBe("SYM7603");
  // A folder that is not there and cannot be made, whoever asks.
  symlinkSync(join(repository.home, "nowhere/deep"), join(repository.home, "link"), "junction");
  const nowhere = { ...worktrees, records: join(repository.home, "link/below") };
  expect(codeOf(ensureWorktree(nowhere, lease, { base: "main" }))).toBe("SYM7604");
  expect([known(), repository.git("branch", "--list", "issue/*")]).toEqual([[], ""]);
  lease.release();
});
