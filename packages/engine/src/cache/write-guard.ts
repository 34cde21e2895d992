import type { Diagnostic } from "../core/diagnostic.ts";
import type { Result } from "../core/result.ts";
import { unreadable } from "./problems.ts";

/** Turns what the file system does into a value and one report. */
export interface WriteGuard {
  /** Whether no write has failed so far. After one has, no other is tried: a full disk is not asked again and again. */
  isWritable(): boolean;
  write<T>(act: () => T, otherwise: T): T;
  /** `what` is for people: `the records`. */
  read<T>(what: string, act: () => T, otherwise: T): T;
  /** Hands on a value; a failure is reported, the same one once. */
  told<T>(result: Result<T, Diagnostic>): Result<T, Diagnostic>;
  /** What went wrong since the last call. */
  takeProblems(): readonly Diagnostic[];
}

/** A guard; `report` says that a write failed, which is told once. */
export function createWriteGuard(report: (error: unknown) => Diagnostic): WriteGuard {
  let isWritable = true;
  let problems: Diagnostic[] = [];
  const unread = new Set<string>();
  const told = new Set<string>();
  return {
    isWritable: () => isWritable,
    write(act, otherwise) {
      if (!isWritable) return otherwise;
      try {
        return act();
      } catch (error) {
        isWritable = false;
        problems.push(report(error));
        return otherwise;
      }
    },
    read(what, act, otherwise) {
      try {
        return act();
      } catch (error) {
        if (!unread.has(what)) problems.push(unreadable(what, error));
        unread.add(what);
        return otherwise;
      }
    },
    told(result) {
      if (!result.ok && !told.has(result.error.message)) {
        told.add(result.error.message);
        problems.push(result.error);
      }
      return result;
    },
    takeProblems() {
      const taken = problems;
      problems = [];
      return taken;
    },
  };
}
