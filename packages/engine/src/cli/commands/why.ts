import type { CliCommand } from "../command.ts";

/** `symbiotic why`: what changed since a task was last known. */
export const whyCommand: CliCommand = {
  name: "why",
  summary: "why a task ran, or would run now: what changed since it was last known",
  usage: "<project>:<atom> [options]",
  positionals: { least: 1, most: 1, what: "a task: <project>:<atom id or alias>" },
  options: {},
  examples: [["symbiotic why api:pytest", "the inputs that changed, as before → after"]],
  async run(parsed, context) {
    const { explainUnchanged } = await import("../why/explain-unchanged.ts");
    const known = await explainUnchanged(parsed, context);
    if (known !== undefined) return known;
    const { explainNow } = await import("../why/explain-now.ts");
    return explainNow(parsed, context);
  },
};
