import type { Issue } from "../issue.ts";

/** Whether nothing of it is left to do, for whatever reason: it is done, cancelled, or lies in the archive. */
export function isDone({ stateKind, isArchived }: Issue): boolean {
  return isArchived || stateKind === "done" || stateKind === "cancelled";
}

/** Whether it is given up rather than done: cancelled, or put into the archive before it was done. */
export function isAbandoned({ stateKind, isArchived }: Issue): boolean {
  return stateKind === "cancelled" || (isArchived && stateKind !== "done");
}
