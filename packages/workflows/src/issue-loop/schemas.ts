import type { JsonSchema } from "@symbiotic-build/engine";
import { z } from "zod";

/** What a developer answers. Of branches and pull requests it may say what it likes: the loop alone makes them. */
export interface DevReply {
  readonly status: "pass" | "failed" | "deferred";
  readonly branch: string;
  readonly worktree: string | null;
  readonly stack_branches: readonly string[];
  readonly draft_prs: readonly string[];
  readonly tests_run: readonly {
    readonly command: string;
    readonly status: "pass" | "fail" | "skipped";
    readonly notes: string;
  }[];
  readonly docs_updated: readonly string[];
  readonly deferred: readonly string[];
  readonly open_questions: readonly string[];
}

/** How grave a reviewer finds something. */
export type ReviewSeverity = "blocker" | "high" | "medium" | "low";

/** One thing that a reviewer found. */
export interface ReviewIssue {
  readonly severity: ReviewSeverity;
  readonly title: string;
  readonly details: string;
  /** `path:line`. */
  readonly evidence: readonly string[];
}

/** What a reviewer answers. */
export interface ReviewReply {
  readonly status: "pass" | "changes_required" | "blocked";
  readonly summary: string;
  readonly issues: readonly ReviewIssue[];
  readonly required_actions: readonly string[];
  readonly followups: readonly string[];
  readonly review_doc_path: string;
  readonly review_entry_written: boolean;
  readonly confidence: "low" | "medium" | "high";
}

const text = z.string();
const texts = z.array(text);

/** Reads the reply of a developer. */
export const devReply: z.ZodType<DevReply> = z.strictObject({
  status: z.enum(["pass", "failed", "deferred"]),
  ...{ branch: text, worktree: text.nullable(), stack_branches: texts, draft_prs: texts },
  tests_run: z.array(z.strictObject({ command: text, status: z.enum(["pass", "fail", "skipped"]), notes: text })),
  ...{ docs_updated: texts, deferred: texts, open_questions: texts },
});

/** Reads the reply of a reviewer. */
export const reviewReply: z.ZodType<ReviewReply> = z.strictObject({
  status: z.enum(["pass", "changes_required", "blocked"]),
  summary: text,
  issues: z.array(
    z.strictObject({
      severity: z.enum(["blocker", "high", "medium", "low"]),
      ...{ title: text, details: text, evidence: texts },
    }),
  ),
  ...{ required_actions: texts, followups: texts, review_doc_path: text, review_entry_written: z.boolean() },
  confidence: z.enum(["low", "medium", "high"]),
});

/** The same as JSON Schema, for whoever answers. */
export const DEV_SCHEMA: JsonSchema = jsonSchemaOf(devReply);
/** The same as JSON Schema, for whoever answers. */
export const REVIEW_SCHEMA: JsonSchema = jsonSchemaOf(reviewReply);

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  // Which dialect it is in is not for whoever answers.
  return Object.fromEntries(
    Object.entries(z.toJSONSchema(schema)).filter(([name]) => name !== "$schema"),
  ) as JsonSchema;
}
