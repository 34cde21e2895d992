import { z } from "zod";
import { INSTALLERS, type Installer } from "../core/installer.ts";

/** The severities that a reviewer may give. */
export const REVIEW_SEVERITIES = ["blocker", "high", "medium", "low"] as const;

/** What the configuration says of the loop over issue documents. */
export interface IssuesSetting {
  /** Globs of issue documents and milestone documents. */
  readonly documents?: readonly string[] | undefined;
  /** What is made of each check of the documents. */
  readonly checks?: Readonly<Record<string, "error" | "warning" | "off">> | undefined;
  /** The agents that develop and fix, and that review. */
  readonly developer?: string | undefined;
  readonly reviewer?: string | undefined;
  /** Targets and atoms that a change has to pass before it is reviewed. */
  readonly validate?: readonly string[] | undefined;
  /** How often it is fixed at most after a review that asks for it. */
  readonly fixes?: number | undefined;
  /** Severities of which one finding asks for a fix. */
  readonly demand?: readonly (typeof REVIEW_SEVERITIES)[number][] | undefined;
  /** How many steps run at once. */
  readonly parallel?: number | undefined;
  /** What may install in new work trees; all that their lockfiles ask for where it is not said. */
  readonly installs?: readonly Installer[] | undefined;
  /** What each call of an agent may use. */
  readonly budget?:
    | { readonly usd?: number | undefined; readonly turns?: number | undefined; readonly seconds?: number | undefined }
    | undefined;
  /** Where drafts are opened: `github`, or `graphite` for stacks, or both; nowhere where it is not said. */
  readonly platform?: string | readonly string[] | undefined;
  /** The branch that pull requests go into; the one that is checked out where it is not said. */
  readonly into?: string | undefined;
  /** Drafts of what has passed are marked ready. */
  readonly ready?: boolean | undefined;
}

/** Reads the setting `issues`. */
export const Issues: z.ZodType<IssuesSetting> = z.strictObject({
  documents: z.array(z.string()).optional().describe("Globs of issue documents and milestone documents"),
  checks: z
    .record(z.string(), z.enum(["error", "warning", "off"]))
    .optional()
    .describe("What is made of each check of the documents, by its name"),
  developer: z.string().min(1).optional().describe("The agent that develops and fixes: claude, codex, auto"),
  reviewer: z.string().min(1).optional().describe("The agent that reviews; it may be another vendor's"),
  validate: z.array(z.string()).optional().describe("Targets and atoms that a change has to pass"),
  fixes: z.int().min(0).max(5).optional().describe("How often a change is fixed at most after a review"),
  demand: z.array(z.enum(REVIEW_SEVERITIES)).optional().describe("Severities of which one finding asks for a fix"),
  parallel: z.int().min(1).max(32).optional().describe("How many steps run at once"),
  installs: z.array(z.enum(INSTALLERS)).optional().describe("What may install in new work trees: npm, uv, ..."),
  budget: z
    .strictObject({
      usd: z.number().positive().optional(),
      turns: z.int().positive().optional(),
      seconds: z.number().positive().optional(),
    })
    .optional()
    .describe("What each call of an agent may use"),
  platform: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe("Where draft pull requests are opened: github; graphite, which stacks them; or both"),
  into: z.string().min(1).optional().describe("The branch that pull requests go into"),
  ready: z.boolean().optional().describe("Whether drafts of what has passed are marked ready"),
});

/** The names of the platforms that a setting says. */
export function platformNames({ platform = [] }: Pick<IssuesSetting, "platform"> = {}): readonly string[] {
  return typeof platform === "string" ? [platform] : platform;
}
