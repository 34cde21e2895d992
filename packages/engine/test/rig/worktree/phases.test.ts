import { execFileSync } from "node:child_process";
import { renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkPhase, type ExpectedPhase } from "../../../src/worktree/check-phase.ts";
import { phaseFacts } from "../../../src/worktree/phase-facts.ts";
import { ensured, leaseOf, removed, unwrap, worktreeRig } from "./worktree-rig.ts";

/** A worktree, git in it, and what keeps a phase from beginning in it. */
function phase() {
  const rig = worktreeRig();
  const made = ensured(rig.open(), "a");
  const inTree = (...args: readonly string[]): string => {
    try {
      return execFileSync("git", args, {
        cwd: made.path,
        env: rig.repository.env,
        encoding: "utf8",
        stdio: "pipe",
      }).trim();
    } catch {
      return "";
    }
  };
  const codes = (more: Partial<ExpectedPhase> = {}): readonly string[] =>
    checkPhase(unwrap(phaseFacts(rig.open(), made.lease)), { branch: made.branch, head: made.head, ...more }).map(
      ({ code }) => code,
    );
  return { ...rig, ...made, inTree, codes };
}

test("a phase begins where the last one ended, and only there", () => {
  const at = phase();
  expect(at.codes()).toEqual([]);
  writeFileSync(join(at.path, "src/a.py"), "changed\n");
  expect([at.codes(), at.codes({ applied: ["src/a.py"] })]).toEqual([["SYM7632"], []]);
  at.inTree("commit", "--quiet", "--all", "--message", "work");
  expect([at.codes(), at.codes({ head: at.inTree("rev-parse", "HEAD") })]).toEqual([["SYM7634"], []]);
  writeFileSync(join(at.gitDir, "index.lock"), "");
  expect(at.codes({ head: at.inTree("rev-parse", "HEAD") })).toEqual(["SYM7635"]);
});

test("a branch that was changed, and what git is in the middle of, are seen", () => {
  const at = phase();
  at.inTree("switch", "--quiet", "--create", "other");
  expect(at.codes()).toEqual(["SYM7631"]);
  writeFileSync(join(at.path, "src/a.py"), "theirs\n");
  at.inTree("commit", "--quiet", "--all", "--message", "theirs");
  at.inTree("switch", "--quiet", "issue/a");
  writeFileSync(join(at.path, "src/a.py"), "ours\n");
  at.inTree("commit", "--quiet", "--all", "--message", "ours");
  const head = at.inTree("rev-parse", "HEAD");
  for (const [start, end, codes] of [
    ["merge", "merge", ["SYM7633", "SYM7636"]],
    ["cherry-pick", "cherry-pick", ["SYM7633", "SYM7636"]],
    ["rebase", "rebase", ["SYM7631", "SYM7633", "SYM7636", "SYM7634"]],
  ] as const) {
    at.inTree(start, "other");
    expect([start, at.codes({ head })]).toEqual([start, codes]);
    at.inTree(end, "--abort");
    expect(at.codes({ head })).toEqual([]);
  }
  at.inTree("bisect", "start");
  expect(at.codes({ head })).toEqual(["SYM7633"]);
});

test("a worktree that is not there, not ours or not this lease's is not the right one", () => {
  const at = phase();
  renameSync(at.path, `${at.path}-away`);
  expect(at.codes()).toEqual(["SYM7612"]);
  symlinkSync(`${at.path}-away`, at.path);
  expect(at.codes()).toEqual(["SYM7612"]);
  rmSync(at.path);
  renameSync(`${at.path}-away`, at.path);
  expect(at.codes()).toEqual([]);
  expect(removed(at.open(), at.lease)).toEqual(["removed"]);
  expect(at.codes()).toEqual(["SYM7630"]);
  const other = unwrap(phaseFacts(at.open(), leaseOf(at.open(), "b")));
  expect(other).toMatchObject({ isThere: false, problem: { code: "SYM7630" } });
});
