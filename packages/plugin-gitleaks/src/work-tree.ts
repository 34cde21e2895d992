import { ok } from "@symbiotic-build/engine";
import type { Validator } from "@symbiotic-build/validator";
import { gitleaksCommand, gitleaksInputs, gitleaksTools, REPORT } from "./common.ts";
import type { GitleaksFacts } from "./facts.ts";
import type { GitleaksOptions } from "./options.ts";
import { leavingOut } from "./left-out.ts";
import { readReport } from "./report.ts";

/** Looks for secrets in a project's files. */
export const workTree: Validator<GitleaksOptions, GitleaksFacts> = {
  tool: "gitleaks",
  atom: "run_gitleaks",
  alias: "gitleaks",
  title: "gitleaks",
  describe: "Look for secrets in files with gitleaks",
  implements: ["101", "102"],
  lane: "security",
  applies: ({ facts }) => facts.files.length > 0,
  tools: gitleaksTools,
  inputs: gitleaksInputs,
  command: (context) => ({
    argv: gitleaksCommand(context, "dir", context.project.root),
    cwd: ".",
    env: leavingOut(context),
    stdout: "data",
  }),
  reads: [REPORT],
  finished: [0],
  report(result, { facts }) {
    const leaks = readReport(result.files[REPORT] ?? "");
    if (!leaks.ok) return leaks;
    // Gitleaks walks the folder, files that git ignores included: nothing is said by what is no input.
    const own = new Set(facts.files);
    return ok({ findings: leaks.value.filter(({ file }) => own.has(file)) });
  },
  gate: {
    id: "gitleaks_clean",
    title: "gitleaks clean",
    describe: "Gitleaks finds no more secrets in the files than is allowed",
    required: ({ facts }) => facts.isUsed,
  },
};
