import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Lane } from "../../core/lane.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { EXIT } from "../../core/status.ts";
import { selectAtoms } from "../../graph/selection.ts";
import type { Opened } from "../../open.ts";
import { askAndTell } from "../agent/ask-and-tell.ts";
import { askedByFlags } from "../agent/asked.ts";
import { mendableOf } from "../agent/check-problems.ts";
import type { CliContext, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { namedChange } from "../named-files.ts";
import { openWorkspace } from "../open-workspace.ts";
import { fixRepository, notInCi } from "./fix-repository.ts";
import { runStep } from "./run-step.ts";

type Output = Promise<Result<CliOutput, readonly Diagnostic[]>>;

/** What an agent can mend; security takes a decision. */
const LANES: readonly Lane[] = ["lint", "format", "type", "behaviour"];

const TASK = [
  "Mend what the checks of this repository find: it is listed below. Begin with types and interfaces, then behaviour.",
  "Make the smallest change that does it. Mend the code where it is wrong, and a test only where the test is wrong.",
  "Where many tests fail for one reason, mend what they have in common. Skip and remove no test, and suppress no finding.",
].join("\n");

/**
 * `symbiotic fix --agent`: tools mend what they can, an agent the rest. What it changes is checked by what found it, and applied where that
 * passes; nothing is committed.
 */
export async function fixByAgent(parsed: Parsed, context: CliContext): Output {
  if (context.environment.ci && !parsed.flags.has("dry-run")) return fail([notInCi()]);
  // Tools are asked for everything or, by name, for what they can do; what is named here may be for an agent alone.
  const byTools = parsed.positionals.length === 0 ? await fixRepository(parsed, context) : ok(undefined);
  if (!byTools.ok) return byTools;
  if (context.signal.aborted) return ok({ exitCode: EXIT.interrupted });
  if (byTools.value?.text !== undefined && !parsed.flags.has("json"))
    context.write("stdout", `${byTools.value.text}\n\n`);
  const opened = await openWorkspace(parsed, context);
  if (!opened.ok) return opened;
  const rest = await mendTheRest(opened.value, parsed, context);
  if (!rest.ok) return rest;
  return ok({ ...rest.value, json: { tools: byTools.value?.json ?? null, agent: rest.value.json ?? null } });
}

async function mendTheRest(opened: Opened, parsed: Parsed, context: CliContext): Output {
  const names = checksOf(opened, parsed);
  if (!names.ok) return names;
  const change = namedChange(parsed, context, opened);
  if (!change.ok) return change;
  const found = await runStep({ opened, parsed, context }, names.value, { kind: "asked", changed: change.value });
  if (!found.ok) return found;
  const problems = mendableOf(found.value);
  if (problems.length === 0) return ok(NOTHING);
  const foreign = [{ what: "What the checks say", text: problems.join("\n") }];
  const flags = askedByFlags(parsed);
  if (!flags.ok) return fail([flags.error]);
  return askAndTell(
    { ...flags.value, task: TASK, role: "fixer", foreign, checks: names.value },
    { opened, parsed, context },
  );
}

const NOTHING: CliOutput = {
  exitCode: EXIT.passed,
  text: "nothing is left for an agent",
  json: { nothing: "nothing is left for an agent" },
};

/** What was named, or all checks of the lanes that an agent can mend. */
function checksOf(
  { index, workspace }: Opened,
  { positionals }: Parsed,
): Result<readonly string[], readonly Diagnostic[]> {
  if (positionals.length > 0) {
    const known = selectAtoms(positionals, index, workspace);
    return known.ok ? ok(positionals) : known;
  }
  const checks = [...index.atoms.values()].filter(
    ({ atom }) => atom.kind === "check" && LANES.includes(atom.lane ?? "other") && atom.ofChange !== true,
  );
  return ok(checks.map(({ id }) => id));
}
