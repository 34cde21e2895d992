import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** What a configuration may set. */
export interface PipAuditSettings {
  /** Further arguments for pip-audit. */
  readonly args?: string[] | undefined;
  /** Requirements files to audit in the place of the environment, relative to the project. */
  readonly requirements?: string[] | undefined;
  /** The interpreter of the environment to audit, relative to the project, where pip-audit is not installed in it. */
  readonly python?: string | undefined;
  /** Who is asked for advisories. */
  readonly service?: "pypi" | "osv" | undefined;
  /** Where a service that speaks as OSV does is, in the place of the public one. Only with `service: "osv"`. */
  readonly osvUrl?: string | undefined;
  /** Ids of advisories that do not count. */
  readonly ignore?: string[] | undefined;
}

/** The options after parsing. */
export interface PipAuditOptions {
  readonly args: string[];
  readonly requirements: string[];
  readonly python?: string | undefined;
  readonly service: "pypi" | "osv";
  readonly osvUrl?: string | undefined;
  readonly ignore: string[];
}

const words = z.array(z.string().min(1)).default([]);
/** It is in keys and in messages, so it may hold no secret. */
const url = z.url({ protocol: /^https?$/ }).refine((text) => !/^\w+:\/\/[^/]*@/.test(text), {
  message: "a user name or a password in an address would be shown: leave it out",
});

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<PipAuditOptions, PipAuditSettings | undefined> = z
  .strictObject({
    args: argsOption,
    requirements: words.describe(
      "requirements files to audit in the place of the environment, relative to the project",
    ),
    python: z
      .string()
      .min(1)
      .optional()
      .describe("the interpreter of the environment to audit, relative to the project"),
    service: z.enum(["pypi", "osv"]).default("pypi").describe("who is asked for advisories"),
    osvUrl: url.optional().describe('where OSV is, with `service: "osv"`; without a user name or a password'),
    ignore: words.describe("ids of advisories that do not count"),
  })
  .refine(({ osvUrl, service }) => osvUrl === undefined || service === "osv", {
    path: ["osvUrl"],
    message: 'this is where OSV is: it needs `service: "osv"`',
  })
  .prefault({});
