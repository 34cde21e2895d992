import { errorOf } from "../../core/diagnostic.ts";
import { EXIT } from "../../core/status.ts";
import { fail, ok } from "../../core/result.ts";
import { openRepository } from "../../workspace/git/repository.ts";
import type { CliCommand } from "../command.ts";

const MOST = 20;

/** `symbiotic audit`: what agents did here, and whether the log of it is whole. */
export const auditCommand: CliCommand = {
  name: "audit",
  summary: "what agents did here, and whether the log of it is whole",
  usage: "[verify] [options]",
  describe:
    "Each entry of .ai-audit.jsonl holds the hash of the one before it: an entry that was changed, taken out or put in shows.",
  positionals: { least: 0, most: 1, what: "nothing, or `verify`" },
  options: {
    last: { kind: "value", value: "<n>", count: true, describe: `how many entries to show (default: ${String(MOST)})` },
  },
  examples: [
    ["symbiotic audit", "the last entries"],
    ["symbiotic audit verify", "exit code 1 where an entry is not what was written"],
  ],
  async run({ positionals: [action], values }, context) {
    if (action !== undefined && action !== "verify")
      return fail([
        errorOf("SYM2007", `\`symbiotic audit\` has no \`${action}\``, { hint: "`symbiotic audit verify`" }),
      ]);
    const repository = openRepository(context.cwd, context.environment.variables);
    if (!repository.ok) return fail([repository.error]);
    const { auditPlace } = await import("../../edit/edit-audit.ts");
    const place = auditPlace(repository.value);
    const output = await import("../agent/audit-output.ts");
    if (action === undefined) return output.lastEntries(place, Number(values.get("last") ?? MOST));
    const { verifyAudit } = await import("../../guard/audit/verify-audit.ts");
    const verified = verifyAudit(place);
    return ok(verified.ok ? output.whole(verified.value) : { ...output.broken(verified.error), exitCode: EXIT.failed });
  },
};
