import type { CliCommand } from "../command.ts";

/** `symbiotic baseline`: from here on only new findings count. */
export const baselineCommand: CliCommand = {
  name: "baseline",
  summary: "take the findings of now as known: gates count only new ones from then on",
  usage: "[target...] [options]",
  describe:
    "Runs the gates and writes what was found to `symbiotic.baseline.json`, which belongs into the repository. With targets only their findings are added; without, findings that are gone leave it too.",
  positionals: { least: 0, most: 1000, what: "" },
  options: {
    check: { kind: "flag", describe: "write nothing; exit code 1 where the baseline holds findings that are gone" },
  },
  examples: [
    ["symbiotic baseline", "begin with an old repository; or shrink the baseline after mending some"],
    ["symbiotic baseline mypy", "take what mypy finds as known too"],
    ["symbiotic baseline --check", "in CI: has somebody mended findings and left them in the baseline?"],
  ],
  async run(parsed, context) {
    const { takeBaseline } = await import("../baseline/take-baseline.ts");
    return takeBaseline(parsed, context);
  },
};
