import { definePlugin, errorOf, fail, ok, type CommandResult, type Finding } from "@symbiotic-build/engine";
import * as z from "zod";

/** Asks pip whether the distributions of a project's environment fit together. */
export const pipCheck = definePlugin({
  api: 1,
  name: "pip-check",
  from: import.meta.url,
  options: z.strictObject({}).default({}),
  atoms: {
    run_pip_check: {
      kind: "check",
      alias: "pip-check",
      title: "pip check",
      describe: "Check that the installed distributions fit together",
      applies: ({ project }) => project.tags.includes("python"),
      tools: () => [{ kind: "python-module", name: "pip", module: "pip", distribution: "pip" }],
      inputs: () => ({}),
      command: ({ tool }) => ({ argv: [...tool.argv, "check"] }),
      parse: (result, { project }) => {
        if (result.exitCode > 1)
          return fail(errorOf("PIP0001", "pip check gave up", { hint: "the log has its reason" }));
        const findings = conflicts(result, project.manifests[0] ?? "pyproject.toml");
        const summary = findings.length === 0 ? "ok" : `${findings.length} conflicts`;
        return ok({ status: "ok", summary, evidence: { tool: "pip", findings } });
      },
    },
  },
  targets: { validate: ["run_pip_check"], gates: ["run_pip_check"] },
});

function conflicts({ exitCode, stdout }: CommandResult, file: string): Finding[] {
  const lines = exitCode === 0 ? [] : stdout.split(/\r?\n/).filter((line) => line !== "");
  return lines.map((message) => ({ tool: "pip", rule: "conflict", level: "error", message, file }));
}
