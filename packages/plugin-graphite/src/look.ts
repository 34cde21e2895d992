import {
  fail,
  ok,
  type Operation,
  type PlatformCommand,
  type StackPull,
  type StackState,
} from "@symbiotic-build/engine";
import { z } from "zod";
import { failureOf } from "./failure.ts";

const stateSchema = z.record(
  z.string(),
  z.union([
    z.object({ trunk: z.literal(true) }),
    z.object({
      trunk: z.literal(false),
      needs_restack: z.boolean(),
      parents: z.array(z.object({ ref: z.string().min(1) })).length(1),
    }),
  ]),
);

/** All branches that Graphite keeps account of, by the only output of it that is made for programs. */
export const state: Operation<null, StackState> = {
  command: () => ({ args: ["state", "--no-interactive"] }),
  read(end) {
    if (end.exitCode !== 0) return fail(failureOf(end));
    const read = stateSchema.safeParse(jsonIn(end.stdout));
    if (!read.success) return fail({ kind: "unreadable", message: "`gt state` printed something else than branches" });
    const branches = Object.entries(read.data).map(([name, branch]) => [name, branchOf(branch)] as const);
    return ok(Object.fromEntries(branches));
  },
};

function branchOf(branch: z.output<typeof stateSchema>[string]): StackState[string] {
  if (branch.trunk) return { isTrunk: true, parent: null, needsRestack: false };
  return { isTrunk: false, parent: branch.parents[0]?.ref ?? null, needsRestack: branch.needs_restack };
}

function jsonIn(printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch {
    return undefined;
  }
}

/** The stacks as a drawing. */
export const log: Operation<null, string> = {
  command: () => ({ args: ["log", "short", "--no-interactive"] }),
  read: (end) => (end.exitCode === 0 ? ok(end.stdout) : fail(failureOf(end))),
};

function infoCommand(_: unknown, { branch }: { readonly branch: string }): PlatformCommand {
  return { args: ["info", "--branch", branch, "--no-interactive"] };
}

/** One branch. */
export const info: Operation<{ readonly branch: string }, string> = {
  command: infoCommand,
  read: (end) => (end.exitCode === 0 ? ok(end.stdout) : fail(failureOf(end))),
};

/** The pull request of a branch. What commits say is set in, and is taken for none. */
export const pull: Operation<{ readonly branch: string }, StackPull | null> = {
  command: infoCommand,
  read(end) {
    if (end.exitCode !== 0) return fail(failureOf(end));
    const [head = ""] = end.stdout.split(/^\S*commit [0-9a-f]{40}/m);
    const number = /^PR #(\d+)/m.exec(head)?.[1];
    if (number === undefined) return ok(null);
    const url = /^https:\/\/\S+$/m.exec(head)?.[0];
    if (url !== undefined) return ok({ number: Number(number), url });
    return fail({ kind: "unreadable", message: "`gt info` did not say where the pull request is" });
  },
};
