import type { CommandContext, Context, Inputs, ToolSpec } from "@symbiotic-build/engine";
import type { GitleaksFacts } from "./facts.ts";
import type { GitleaksOptions } from "./options.ts";

/** What the hooks of both atoms are given. */
export type GitleaksContext = Context<GitleaksOptions, GitleaksFacts>;

/** The program that both atoms run. */
export function gitleaksTools(): readonly ToolSpec[] {
  return [
    {
      name: "gitleaks",
      kind: "path-executable",
      bin: "gitleaks",
      version: ["version"],
      install: { registry: "go", package: "github.com/zricethezav/gitleaks/v8", version: "v8.30.1" },
    },
  ];
}

/** The file that gitleaks writes, in the task's own folder: releases before 8.22 cannot write to standard output. */
export const REPORT = "report.json";

/** The settings that both atoms read, and all files of the project. */
export function gitleaksInputs({ facts }: GitleaksContext): Inputs {
  return {
    files: ["**/*"],
    configs: [".gitleaks.toml", ".gitleaksignore"],
    literal: facts.extended === null ? [] : [facts.extended],
  };
}

/** Gitleaks over a path, from the repository's root: what its settings and ignore files say of paths is said from there. */
export function gitleaksCommand(
  context: CommandContext<GitleaksOptions, GitleaksFacts>,
  mode: "dir" | "git",
  path: string,
): readonly [string, ...string[]] {
  const { facts, options, tool } = context;
  return [
    ...tool.argv,
    mode,
    ...options.args,
    ...(facts.config === null ? [] : ["--config", facts.config]),
    ...[
      "--report-format",
      "json",
      "--report-path",
      `${context.out}/${REPORT}`,
      "--no-banner",
      "--no-color",
      "--log-level",
      "warn",
    ],
    // Whatever came before, no secret is to leave the process; and a leak is a finding, not a failure.
    ...["--redact=100", "--exit-code", "0"],
    path,
  ];
}
