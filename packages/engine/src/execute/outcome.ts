import type { SkippedBy, TaskResult } from "./task-result.ts";

/** What a result means for the tasks that wait for it. */
export function outcome({ status, skippedBy }: TaskResult): "ok" | "blocked" | "failed" {
  if (status === "ok" || skippedBy === "plugin") return "ok";
  return status === "skipped" && skippedBy === "tool" ? "blocked" : "failed";
}

/** Why a task that is not run is skipped, in words, and by whom. */
export function skipOf(
  because:
    | { readonly kind: "stopped" }
    | { readonly kind: "failed" | "blocked"; readonly by: string; readonly result: TaskResult | undefined },
): {
  readonly reason: string;
  readonly by: SkippedBy;
} {
  if (because.kind === "stopped") return { reason: "interrupted", by: "stop" };
  if (because.kind === "blocked")
    return { reason: `${because.by} was skipped (${because.result?.reason ?? ""})`, by: "tool" };
  return {
    reason: `${because.by} ${because.result?.status === "skipped" ? "was skipped" : "failed"}`,
    by: "dependency",
  };
}
