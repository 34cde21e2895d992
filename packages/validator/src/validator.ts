import {
  fail,
  ok,
  type CommandAtom,
  type CommandContext,
  type CommandResult,
  type Diagnostic,
  type Evidence,
  type Finding,
  type Gate,
  type JsonValue,
  type Outcome,
  type Result,
} from "@symbiotic-build/engine";
import { count } from "./count.ts";
import { findingsGate, type FindingsGate } from "./findings-gate.ts";
import { ownFindings } from "./places.ts";
import { batchOf, type Shared } from "./shared.ts";
import { stopped, STOPPED } from "./stopped.ts";

/** What a tool's report says. */
export interface Report {
  readonly findings: readonly Finding[];
  /** What else is to be kept, canonical: no times, no hosts, no absolute paths. */
  readonly data?: Evidence["data"];
  readonly metrics?: Evidence["metrics"];
  /** A few words for the task's line, in the place of `2 findings`. */
  readonly summary?: string;
}

/** What an atom is asked, and what every validator says itself. */
const HOOKS = [
  "describe",
  "title",
  "alias",
  "ofChange",
  "implements",
  "lane",
  "applies",
  "tools",
  "inputs",
  "command",
  "scratch",
  "timeoutMs",
  "resources",
  "cache",
  "reads",
] as const;

type Hooks<O, F> = Pick<CommandAtom<O, F>, (typeof HOOKS)[number]> & Required<Pick<CommandAtom<O, F>, "tools">>;

/** A tool that judges files and changes none: what of it is not the same for all such tools. */
export interface Validator<O, F extends JsonValue> extends Hooks<O, F> {
  /** What findings, evidence and messages call the tool: `bandit`. */
  readonly tool: string;
  /** The id of its atom: `run_bandit`. */
  readonly atom: string;
  /** The exit codes with which the tool has come to its end, findings or not; any other is a tool that stopped. */
  readonly finished: readonly number[];
  /** It judges the whole repository: findings in other projects' folders are its own too. */
  readonly isRepositoryWide?: boolean;
  /** Reads what the tool wrote. Findings need not be sorted, and may lie in other projects' folders: those are left out. */
  report(result: CommandResult, context: CommandContext<O, F>): Result<Report, Diagnostic>;
  /** How several projects share a process; without it each has its own. */
  readonly shared?: Shared<O, F, Report>;
  /** What its findings decide. */
  readonly gate: FindingsGate<O, F>;
  /** The targets that it joins; `validate` and `gates` where it is not said. */
  readonly targets?: readonly string[];
}

/** The members of a plugin that a validator is. */
export interface ValidatorParts<O, F extends JsonValue> {
  readonly atoms: Readonly<Record<string, CommandAtom<O, F>>>;
  readonly gates: Readonly<Record<string, Gate<O, F>>>;
  readonly targets: Readonly<Record<string, readonly string[]>>;
}

/** Makes validators into the atoms, gates and targets of a plugin. */
export function validator<O, F extends JsonValue>(...validators: readonly Validator<O, F>[]): ValidatorParts<O, F> {
  const targets: Record<string, string[]> = {};
  for (const each of validators) {
    for (const name of each.targets ?? ["validate", "gates"]) (targets[name] ??= []).push(each.atom);
  }
  return {
    atoms: Object.fromEntries(validators.map((each) => [each.atom, atomOf(each)])),
    gates: Object.fromEntries(validators.map((each) => [each.gate.id, findingsGate(each.gate, [each.atom])])),
    targets,
  };
}

function atomOf<O, F extends JsonValue>(own: Validator<O, F>): CommandAtom<O, F> {
  const { finished, shared } = own;
  const outcome = (report: Report, context: CommandContext<O, F>): Outcome => told(own, report, context);
  return {
    ...hooksOf(own),
    kind: "check",
    parse: (result, context) => outcomeOf(own, result, context),
    ...(shared === undefined ? {} : { batch: batchOf(shared, { finished, outcome }) }),
  };
}

function hooksOf<O, F extends JsonValue>(own: Validator<O, F>): Hooks<O, F> {
  const said = HOOKS.filter((name) => own[name] !== undefined);
  return Object.fromEntries(said.map((name) => [name, own[name]])) as unknown as Hooks<O, F>;
}

/** Without a report an exit code that stands for findings stands for none: as Python ends where it cannot import something. */
function leftNothing({ exitCode, stdout, files }: CommandResult): boolean {
  return exitCode !== 0 && stdout.trim() === "" && Object.keys(files).length === 0;
}

function outcomeOf<O, F extends JsonValue>(
  own: Validator<O, F>,
  result: CommandResult,
  context: CommandContext<O, F>,
): Result<Outcome, Diagnostic> {
  if (!own.finished.includes(result.exitCode)) return fail(stopped(own.tool, result));
  const read = own.report(result, context);
  // A plugin may know better why its tool stopped.
  if (!read.ok) return leftNothing(result) && read.error.code !== STOPPED ? fail(stopped(own.tool, result)) : read;
  return ok(told(own, read.value, context));
}

function told<O, F extends JsonValue>(own: Validator<O, F>, report: Report, context: CommandContext<O, F>): Outcome {
  const { data, metrics, summary } = report;
  const findings = ownFindings(report.findings, own.isRepositoryWide === true ? { nested: [] } : context.project);
  return {
    status: "ok",
    summary: summary ?? (findings.length === 0 ? "ok" : count(findings.length, "finding")),
    evidence: {
      tool: context.tool.name,
      findings,
      ...(metrics === undefined ? {} : { metrics }),
      ...(data === undefined ? {} : { data }),
    },
  };
}
