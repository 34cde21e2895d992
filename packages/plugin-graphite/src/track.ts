import { fail, ok, type Operation } from "@symbiotic-build/engine";
import { failureOf } from "./failure.ts";

const QUIETLY = ["--no-interactive", "--no-verify"];

/** Begins to keep account of a branch. Always with the parent: without it Graphite asks, and waits for ever. */
export const track: Operation<{ readonly branch: string; readonly parent: string }, null> = {
  command: (_, { branch, parent }) => ({ args: ["track", branch, "--parent", parent, ...QUIETLY] }),
  read: (end) => (end.exitCode === 0 ? ok(null) : fail(failureOf(end))),
};

/** Fetches, and moves the trunk on; no other branch. */
export const sync: Operation<null, null> = {
  command: () => ({ args: ["sync", "--no-restack", ...QUIETLY] }),
  read: (end) => (end.exitCode === 0 ? ok(null) : fail(failureOf(end))),
};
