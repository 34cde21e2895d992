import { ok } from "@symbiotic-build/engine";
import type { Validator } from "@symbiotic-build/validator";
import { gitleaksCommand, gitleaksInputs, gitleaksTools, REPORT } from "./common.ts";
import type { GitleaksFacts } from "./facts.ts";
import type { GitleaksOptions } from "./options.ts";
import { readReport } from "./report.ts";

/** A user's own settings of git that change the patches which gitleaks reads. */
const PLAIN_PATCHES = {
  "color.ui": "false",
  "diff.mnemonicPrefix": "false",
  "diff.noprefix": "false",
  "log.showSignature": "false",
};

/** Looks for secrets in all commits, also in files that are no more. */
export const history: Validator<GitleaksOptions, GitleaksFacts> = {
  tool: "gitleaks",
  atom: "run_gitleaks_history",
  alias: "gitleaks-history",
  title: "gitleaks history",
  describe: "Look for secrets in all commits with gitleaks",
  implements: ["101", "102"],
  lane: "security",
  applies: ({ project }) => project.root === ".",
  tools: gitleaksTools,
  inputs: (context) => ({ ...gitleaksInputs(context), files: [] }),
  cache: "reads the history of git",
  command: (context) => ({
    argv: gitleaksCommand(context, "git", "."),
    cwd: ".",
    env: gitSettings(PLAIN_PATCHES),
    stdout: "data",
  }),
  reads: [REPORT],
  finished: [0],
  isRepositoryWide: true,
  report(result) {
    const findings = readReport(result.files[REPORT] ?? "");
    return findings.ok ? ok({ findings: findings.value }) : findings;
  },
  gate: {
    id: "gitleaks_history_clean",
    title: "gitleaks history clean",
    describe: "Gitleaks finds no more secrets in the commits than is allowed",
    required: ({ facts }) => facts.isUsed,
  },
  targets: ["history"],
};

/** As git takes settings from variables. */
function gitSettings(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  const entries = Object.entries(settings);
  for (const [index, [key, value]] of entries.entries()) {
    variables[`GIT_CONFIG_KEY_${String(index)}`] = key;
    variables[`GIT_CONFIG_VALUE_${String(index)}`] = value;
  }
  return { ...variables, GIT_CONFIG_COUNT: String(entries.length) };
}
