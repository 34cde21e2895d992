import { z } from "zod";

const ids = z.array(z.string()).readonly();
const edge = z.strictObject({
  before: z.string(),
  after: z.string(),
  inferred: z.boolean(),
  evidence: z
    .array(z.strictObject({ rule: z.enum(["stated", "text", "makes", "writes"]), why: z.string(), at: z.string() }))
    .readonly(),
});
const leftOut = z.strictObject({ id: z.string(), why: z.string() });

/** What `symbiotic issues plan --json` gives. */
export const issuePlanSchema: z.ZodType<IssuePlanJson> = z.strictObject({
  v: z.literal(1),
  parallel: z.int().min(1),
  issues: z
    .array(
      z.strictObject({
        ...{ id: z.string(), title: z.string(), path: z.string(), level: z.int().min(0), behind: z.number() },
        ...{ stream: z.int().min(1), cluster: z.int().min(1), blockedBy: ids, waitsFor: ids },
      }),
    )
    .readonly(),
  levels: z
    .array(
      z.strictObject({
        level: z.int().min(0),
        choices: z.array(z.strictObject({ issues: ids, score: z.number(), risk: z.number() })).readonly(),
      }),
    )
    .readonly(),
  streams: z.array(ids).readonly(),
  clusters: z.array(ids).readonly(),
  edges: z.array(edge).readonly(),
  dropped: z.array(edge).readonly(),
  conflicts: z
    .array(
      z.strictObject({
        issues: z.tuple([z.string(), z.string()]).readonly(),
        risk: z.number(),
        atOnce: z.boolean(),
        evidence: z
          .array(z.strictObject({ kind: z.enum(["files", "mention", "api", "schema"]), why: z.string(), at: ids }))
          .readonly(),
      }),
    )
    .readonly(),
  conflictsLeftOut: z.int().min(0),
  finished: z.array(leftOut).readonly(),
  held: z.array(leftOut).readonly(),
});

interface EdgeJson {
  readonly before: string;
  readonly after: string;
  readonly inferred: boolean;
  readonly evidence: readonly {
    readonly rule: "stated" | "text" | "makes" | "writes";
    readonly why: string;
    readonly at: string;
  }[];
}

/** A plan as data for other programs. */
export interface IssuePlanJson {
  readonly v: 1;
  /** How many may run at once. */
  readonly parallel: number;
  /** In the order in which to begin them. */
  readonly issues: readonly {
    readonly id: string;
    readonly title: string;
    readonly path: string;
    readonly level: number;
    /** How much of the longest chain waits behind it: 0 to 1. */
    readonly behind: number;
    /** Which of `streams` and of `clusters` it is in, from 1. */
    readonly stream: number;
    readonly cluster: number;
    readonly blockedBy: readonly string[];
    readonly waitsFor: readonly string[];
  }[];
  /** The best choice of a level first. */
  readonly levels: readonly {
    readonly level: number;
    readonly choices: readonly { readonly issues: readonly string[]; readonly score: number; readonly risk: number }[];
  }[];
  readonly streams: readonly (readonly string[])[];
  readonly clusters: readonly (readonly string[])[];
  readonly edges: readonly EdgeJson[];
  /** Inferred edges that would make a circle, a thousand at most. */
  readonly dropped: readonly EdgeJson[];
  /** The greatest risk first, a thousand at most. */
  readonly conflicts: readonly {
    readonly issues: readonly [string, string];
    readonly risk: number;
    /** Whether the two may run at once all the same, and neither comes before the other. */
    readonly atOnce: boolean;
    readonly evidence: readonly {
      readonly kind: "files" | "mention" | "api" | "schema";
      readonly why: string;
      readonly at: readonly string[];
    }[];
  }[];
  readonly conflictsLeftOut: number;
  readonly finished: readonly { readonly id: string; readonly why: string }[];
  readonly held: readonly { readonly id: string; readonly why: string }[];
}
