import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { TEST_PATH } from "../../../../../test/support/places.ts";
import { gone } from "../../../../../test/support/processes.ts";
import { listWorktrees } from "../../../src/worktree/list-worktrees.ts";
import { removeOrphans } from "../../../src/worktree/remove-orphans.ts";
import {
  ensured,
  entries,
  isClean,
  isWhole,
  otherProcess,
  reasonsOf,
  removed,
  unwrap,
  worktreeRig,
  type WorktreeRig,
} from "./worktree-rig.ts";

/** An environment in which `git` is a program that runs `before`, the real one, and `after`. */
function withGit({ repository }: WorktreeRig, { before = "", after = "" }): Readonly<Record<string, string>> {
  const bin = join(repository.home, "bin");
  const real = execFileSync("sh", ["-c", "command -v git"], { env: { PATH: TEST_PATH }, encoding: "utf8" }).trim();
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh\n${before}\n'${real}' "$@"\ncode=$?\n${after}\nexit $code\n`;
  writeFileSync(join(bin, "git"), script, { mode: 0o755 });
  return { ...repository.env, PATH: [bin, repository.env.PATH ?? ""].join(delimiter) };
}

/** Kills who started git at its call of this number, before or after git does what is asked of it. */
function killing(rig: WorktreeRig, step: number, when: "before" | "after"): Readonly<Record<string, string>> {
  const count = join(rig.repository.home, "count");
  rmSync(count, { force: true });
  const mine = `echo x >> '${count}'; n=$(wc -l < '${count}')`;
  const kill = `[ "$n" -eq ${String(step)} ] && kill -9 $PPID`;
  return withGit(rig, when === "before" ? { before: `${mine}; ${kill} && exit 1` } : { before: mine, after: kill });
}

/** What a process does, and what is looked at when it is gone. */
interface Killing {
  /** With the usual git, as `worktrees`. */
  readonly prepare: string;
  /** With the git that kills, as `counted`. */
  readonly act: string;
  readonly look: (id: string) => void;
}

/** Lets a process be killed at each of its calls of git in turn, until it gets to its end; gives how many there are. */
async function killedAtEach(
  rig: WorktreeRig,
  when: "before" | "after",
  { prepare, act, look }: Killing,
): Promise<number> {
  for (let step = 1; ; step += 1) {
    const id = `${when}-${String(step)}`;
    const env = JSON.stringify(killing(rig, step, when));
    const body = `const id = ${JSON.stringify(id)};
      ${prepare};
      const counted = openWorktrees({ repository: openRepository(root, ${env}).value, environment: ${env}, run,
        user: { home, temporary: home, environment: env }, now: worktrees.now });
      ${act};
      say("done");`;
    const other = otherProcess(rig, body);
    const said = await other.lines();
    await other.kill();
    await gone([other.child.pid ?? 0]);
    look(id);
    if (said.length > 0) return step - 1;
  }
}

const TIMES = ["before", "after"] as const;
/** The git that kills is a shell script. */
const onPosix = test.skipIf(process.platform === "win32");

onPosix.each(TIMES)("killed %s each step of making, the worktree is made whole by who comes next", async (when) => {
  const rig = worktreeRig();
  const steps = await killedAtEach(rig, when, {
    prepare: "",
    act: 'ensureWorktree(counted, takeLease(counted, id).value, { base: "main" })',
    look(id) {
      const worktree = ensured(rig.open(), id);
      isWhole(rig, worktree.path);
      expect(rig.known()).toEqual([worktree.path]);
      expect(removed(rig.open(), worktree.lease)).toEqual(["removed"]);
      worktree.lease.release();
      isClean(rig, dirname(worktree.path));
    },
  });
  expect(steps).toBeGreaterThan(8);
});

onPosix.each(TIMES)("killed %s each step of removing, it is removed or whole for who comes next", async (when) => {
  const rig = worktreeRig();
  let turn = 0;
  const look = (id: string): void => {
    const [listed] = unwrap(listWorktrees(rig.open()));
    if (listed === undefined) return;
    turn += 1;
    if (turn % 2 === 0) {
      const orphans = unwrap(removeOrphans(rig.open()));
      expect(orphans.map(({ name, removal }) => [name, ...reasonsOf(removal)])).toEqual([[id, "removed"]]);
    } else {
      const worktree = ensured(rig.open(), id);
      isWhole(rig, worktree.path);
      expect(removed(rig.open(), worktree.lease)).toEqual(["removed"]);
      worktree.lease.release();
    }
    isClean(rig, dirname(listed.record?.path ?? ""));
  };
  const steps = await killedAtEach(rig, when, {
    prepare: 'const lease = takeLease(worktrees, id).value; ensureWorktree(worktrees, lease, { base: "main" })',
    act: "removeWorktree(counted, lease)",
    look,
  });
  expect(steps).toBeGreaterThan(8);
});

onPosix("what is written into a folder that is about to be deleted is put back with it", () => {
  const rig = worktreeRig();
  const made = ensured(rig.open(), "a");
  // By git itself, when it is asked about the folder that was moved aside.
  const tree = 'for each; do case "$each" in --work-tree=*.removing-*) tree="${each#--work-tree=}";; esac; done';
  const before = `${tree}\ncase "$*" in *status*) [ -n "$tree" ] && echo mine > "$tree/mine.py";; esac`;
  const env = withGit(rig, { before });
  expect(removed({ ...rig.open(), environment: env }, made.lease)).toEqual(["SYM7620"]);
  expect(readFileSync(join(made.path, "mine.py"), "utf8")).toBe("mine\n");
  expect([entries(dirname(made.path)), rig.record("a")?.state]).toEqual([["a"], "ready"]);
  rmSync(join(made.path, "mine.py"));
  expect(removed(rig.open(), made.lease)).toEqual(["removed"]);
});
