import type { GateDecided, GateOfProject } from "../core/event.ts";
import type { Finding } from "../core/evidence.ts";
import { byCodeUnit, type JsonValue } from "../core/json.ts";
import type { Verdict } from "../core/status.ts";
import { guarded } from "../plugin/guarded.ts";
import type { Context, Settled } from "../plugin/atom.ts";
import type { Gate, GateDecision, GateInput } from "../plugin/contract.ts";
import type { GateSetting } from "../config/schema.ts";
import type { OwnedGate } from "../graph/atom-index.ts";
import type { Task } from "../graph/task.ts";
import { whyAltered, type GateComparison } from "./comparison.ts";

/** A task with how it ended. */
export interface SettledTask {
  readonly task: Task;
  readonly settled: Settled;
}

/** By what gates are asked, beside the evidence. */
export interface GateQuestion {
  /** By a gate's id what the configuration says of it. */
  readonly settings: Readonly<Record<string, GateSetting>>;
  /** The fingerprint of a finding that a task left; without it decisions name none. */
  readonly fingerprintOf?: (finding: Finding) => string | undefined;
  /** Present where the run compares with a base. */
  readonly comparison?: GateComparison;
}

/** The verdict of every gate that the selected tasks feed: per project, and over all. Pure. */
export function decideGates(
  gates: readonly OwnedGate[],
  tasks: readonly SettledTask[],
  question: GateQuestion,
): GateDecided[] {
  return gates.flatMap((owned) => {
    if (owned.gate.ofChange === true && question.comparison === undefined) return [];
    if (owned.gate.before !== undefined && question.comparison?.before === undefined) return [];
    const read = tasks.filter(({ settled }) => owned.gate.reads.includes(settled.atom));
    return read.length === 0 ? [] : [decideGate(owned, read, question)];
  });
}

interface ProjectDecision {
  readonly project: string;
  readonly decision: GateDecision;
  readonly required: boolean;
}

function decideGate(owned: OwnedGate, tasks: readonly SettledTask[], question: GateQuestion): GateDecided {
  const { gate } = owned;
  const projects = [...new Set(tasks.map(({ settled }) => settled.project))].sort(byCodeUnit);
  const decisions = projects.map((project) =>
    decideInProject(
      owned,
      tasks.filter(({ settled }) => settled.project === project),
      question,
    ),
  );
  const required = decisions.some((each) => each.required);
  const verdict = worst(decisions.filter((each) => each.required === required).map(({ decision }) => decision.verdict));
  const total = totalOf(
    gate,
    decisions.map(({ decision }) => decision),
  );
  const notes = [
    ...new Set(decisions.filter((each) => each.required === required).flatMap(({ decision }) => decision.note ?? [])),
  ];
  return {
    type: "gate-decided",
    id: owned.id,
    gate: gate.title,
    ...total,
    verdict,
    required,
    ...(notes.length > 0 ? { note: notes.join("; ") } : {}),
    projects: decisions.map((each) => projectPart(each, question)),
  };
}

const NO_EVIDENCE = "no evidence";

/** What the gate's own plugin knows of the project; a gate that reads only atoms of other plugins has no facts. */
function contextOf({ plugin }: OwnedGate, tasks: readonly SettledTask[]): Pick<Task, "context" | "project"> {
  const first = tasks[0];
  if (first === undefined) throw new Error("a gate is decided over at least one task");
  const own = tasks.find(({ task }) => task.plugin.name === plugin.name);
  if (own !== undefined) return own.task;
  return { project: first.task.project, context: { ...first.task.context, options: plugin.options, facts: null } };
}

/** A gate that cannot add its decisions up still has them: the verdict is made of those. */
function totalOf(gate: Gate, decisions: readonly GateDecision[]): ReturnType<Gate["total"]> {
  const measured = decisions.filter(({ measured: text }) => text !== NO_EVIDENCE);
  const [first] = decisions;
  const total = measured.length === 0 ? undefined : guarded(`the gate ${gate.title}`, () => gate.total(measured));
  return total?.ok === true ? total.value : { measured: first?.measured ?? NO_EVIDENCE, wanted: first?.wanted ?? "" };
}

function decideInProject(owned: OwnedGate, tasks: readonly SettledTask[], question: GateQuestion): ProjectDecision {
  const { gate } = owned;
  const own = contextOf(owned, tasks);
  const project = own.project.name;
  const atBase = question.comparison?.contextAtBase?.(owned, project);
  const setting = settingIn(question.settings[owned.id], project);
  const settled = tasks.map((each) => each.settled);
  const held = (note: string): ProjectDecision => ({
    project,
    decision: { ...withoutEvidence(settled), note },
    required: true,
  });
  if (atBase?.ok === false) return held(`what the base knew of ${project} cannot be read: ${atBase.error.message}`);
  const context = atBase?.value ?? own.context;
  const withEvidence = settled.filter(({ evidence }) => evidence !== undefined);
  // Evidence of a tool that stands in for the project's own binds nobody.
  const standIn = withEvidence.length > 0 && withEvidence.every(({ advisory }) => advisory);
  const asked = guarded(`the gate ${gate.title}`, () => ({
    required: setting.required ?? (!standIn && gate.required(context)),
    decision:
      withEvidence.length === 0
        ? withoutEvidence(settled)
        : checked(
            gate.decide({
              ...input(owned, project, { context, question }),
              tasks: withEvidence,
              threshold: setting.threshold ?? null,
            }),
          ),
  }));
  // A gate that cannot decide has not passed.
  if (!asked.ok) return held(asked.error.message);
  const altered = whyAltered(
    tasks.map(({ task }) => task),
    question.comparison,
  );
  return { project, required: asked.value.required, decision: unsure(asked.value.decision, altered) };
}

/** A pass that may be due to what the change altered is none. */
function unsure(decision: GateDecision, why: string | undefined): GateDecision {
  if (why === undefined || decision.verdict !== "pass") return decision;
  return { ...decision, verdict: "hold", note: decision.note === undefined ? why : `${why}; ${decision.note}` };
}

/** The project and what its plugin knows, with the change where the gate is about one. */
function input(
  { gate }: OwnedGate,
  project: string,
  {
    context,
    question: { comparison },
  }: { readonly context: Context<unknown, JsonValue>; readonly question: GateQuestion },
): Omit<GateInput<unknown, JsonValue>, "tasks" | "threshold"> {
  return {
    ...context,
    change: comparison?.change ?? null,
    before: gate.before === undefined ? [] : (comparison?.before?.(project, gate.before) ?? []),
  };
}

/** What the configuration says of a gate in a project: what it says of that project wins. */
export function settingIn({ projects = {}, ...all }: GateSetting = {}, project: string): Omit<GateSetting, "projects"> {
  const own = Object.hasOwn(projects, project) ? projects[project] : undefined;
  return { required: own?.required ?? all.required, threshold: own?.threshold ?? all.threshold };
}

/** Throws for what is no decision: a plugin need not be written in TypeScript. */
function checked(decision: GateDecision | undefined): GateDecision {
  if (decision !== undefined && decision.verdict in SEVERITY) return decision;
  throw new TypeError("it gave no verdict");
}

/** A selected task that left nothing to decide on is never a pass. */
function withoutEvidence(settled: readonly Settled[]): GateDecision {
  const note = settled.map(({ status, reason }) => reason ?? status)[0] ?? "no evidence";
  return { verdict: "hold", measured: NO_EVIDENCE, wanted: "", note };
}

const SEVERITY: Readonly<Record<Verdict, number>> = { pass: 0, hold: 1, fail: 2 };

function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((most, verdict) => (SEVERITY[verdict] > SEVERITY[most] ? verdict : most), "pass");
}

function projectPart({ project, decision, required }: ProjectDecision, { fingerprintOf }: GateQuestion): GateOfProject {
  const { measured, verdict, note, findings = [] } = decision;
  const decided = findings.flatMap((finding) => fingerprintOf?.(finding) ?? []);
  return {
    ...{ project, measured, verdict, required },
    ...(note === undefined ? {} : { note }),
    ...(decided.length === 0 ? {} : { findings: decided }),
  };
}

/** Whether the gates let a run pass: those that are required pass. */
export function gatesPass(gates: readonly GateDecided[]): boolean {
  return gates.every(({ required, verdict }) => !required || verdict === "pass");
}
