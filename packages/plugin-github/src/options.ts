import { z } from "zod";

/** What a configuration may set. */
export interface GitHubSettings {
  /** The repository, `owner/name`, where the remotes of the work tree do not say it. */
  readonly repository?: string | undefined;
}

/** The options after parsing. */
export interface GitHubOptions {
  readonly repository: string | null;
}

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<GitHubOptions, GitHubSettings | undefined> = z
  .strictObject({
    repository: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+$/, "is not of the form `owner/name`")
      .nullable()
      .default(null),
  })
  .prefault({}) as unknown as z.ZodType<GitHubOptions, GitHubSettings | undefined>;
