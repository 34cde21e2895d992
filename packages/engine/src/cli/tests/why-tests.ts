import { relative, resolve, sep } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { byCodeUnit } from "../../core/json.ts";
import type { RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { nearest } from "../../config/suggest.ts";
import { oneLine } from "../../report/sanitise.ts";
import { ago } from "../ago.ts";
import type { CliOutput } from "../command.ts";
import { table } from "../table.ts";
import { readSelections, type Decision, type TaskSelection } from "./selection.ts";

/** What is asked of the last runs. */
export interface WhyTests {
  /** Absolute. */
  readonly root: string;
  readonly cwd: string;
  /** A test file, from `cwd` or from the root; all, where it is not said. */
  readonly file?: string;
  /** Only of this task. */
  readonly task?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Why a test file ran or was left out in the last run, or what became of all. */
export function whyTests({ root, cwd, file, task, now }: WhyTests): Result<CliOutput, Diagnostic> {
  const read = readSelections(root);
  if (!read.ok) return read;
  const selections = read.value.filter((each) => task === undefined || each.task === task);
  if (selections.length === 0) return fail(noTask(task ?? "", read.value));
  if (file === undefined) return ok({ exitCode: 0, text: allText(selections, now), json: selections.map(allJson) });
  const [plain = ""] = file.split("::");
  const here = repoPath(root, resolve(cwd, plain));
  const below = repoPath(root, resolve(root, plain));
  const path = [here, below].find((each) => selections.some(({ files }) => Object.hasOwn(files, each)));
  if (path === undefined) return fail(noFile(here, selections));
  const [first, ...others] = selections.filter(({ files }) => Object.hasOwn(files, path));
  if (first === undefined || others.length > 0) return fail(several(path, [first, ...others]));
  return ok(fileOutput(path, first, now));
}

function repoPath(root: string, file: string): RepoPath {
  return relative(root, file).split(sep).join("/");
}

const WORDS: Readonly<Record<Decision["decision"], string>> = {
  served: "was left out: a record stands for it",
  ran: "ran",
  never: "ran, and is never left out",
};

function fileOutput(path: string, selection: TaskSelection, now: number): CliOutput {
  const { task, granularity, whole = null, at } = selection;
  const decided = selection.files[path] ?? { decision: "ran", reason: "", evidence: [] };
  const { decision, reason, evidence } = decided;
  const text = [
    `${path} ${WORDS[decision]} (${task}, ${granularity}, ${ago(now - at)})`,
    ...(reason === "" ? [] : [`  ${oneLine(reason)}`]),
    ...evidence.map((each) => `  - ${oneLine(each)}`),
    ...(whole === null ? [] : [wholeText(whole)]),
  ].join("\n");
  return {
    exitCode: 0,
    text,
    json: { task, granularity, whole, file: path, decision, reason, evidence: [...evidence] },
  };
}

function wholeText(whole: string): string {
  return `  nothing of this task could be left out: ${oneLine(whole)}`;
}

/** What ran comes first: that is what people ask for. */
const ORDER: readonly Decision["decision"][] = ["ran", "never", "served"];

function allText(selections: readonly TaskSelection[], now: number): string {
  return selections.map((selection) => taskText(selection, now)).join("\n\n");
}

function taskText(selection: TaskSelection, now: number): string {
  const { task, granularity, whole = null, at, files } = selection;
  const share = shareOf(selection);
  const rows = Object.entries(files)
    .sort(([a, one], [b, other]) => rank(one) - rank(other) || byCodeUnit(a, b))
    .map(([path, { decision, reason, evidence }]) => [
      `  ${path}`,
      decision,
      oneLine([reason, ...evidence].filter((each) => each !== "").join("; ")),
    ]);
  const head = `${task} · ${granularity} · ${String(share.served)} served, ${String(share.ran)} ran, ${String(share.never)} never left out · ${ago(now - at)}`;
  return [head, ...(whole === null ? [] : [wholeText(whole)]), ...(rows.length > 0 ? [table(rows)] : [])].join("\n");
}

function rank({ decision }: Decision): number {
  return ORDER.indexOf(decision);
}

function shareOf({ files }: TaskSelection): Readonly<Record<Decision["decision"], number>> {
  const count = (decision: Decision["decision"]): number =>
    Object.values(files).filter((each) => each.decision === decision).length;
  return { served: count("served"), ran: count("ran"), never: count("never") };
}

function allJson(selection: TaskSelection): NonNullable<CliOutput["json"]> {
  const { task, granularity, whole = null, files } = selection;
  const told = Object.entries(files).map(([path, each]) => [path, { ...each, evidence: [...each.evidence] }] as const);
  return { task, granularity, whole, share: { ...shareOf(selection) }, files: Object.fromEntries(told) };
}

function noTask(task: string, known: readonly TaskSelection[]): Diagnostic {
  return errorOf("SYM4062", `no run of \`${task}\` has left word of its tests here`, {
    hint: `there is word of ${known.map((each) => each.task).join(", ")}`,
  });
}

function noFile(path: string, selections: readonly TaskSelection[]): Diagnostic {
  const guess = nearest(
    path,
    selections.flatMap(({ files }) => Object.keys(files)),
  );
  const whole = selections.find((each) => (each.whole ?? null) !== null);
  if (whole !== undefined)
    return errorOf("SYM4063", `of ${path} the last run of ${whole.task} says nothing by itself`, {
      hint: `all test files ran, as nothing could be left out: ${oneLine(whole.whole ?? "")}`,
    });
  return errorOf("SYM4063", `${path} is no test file of the last run of ${named(selections)}`, {
    hint:
      guess === undefined
        ? "`symbiotic tests why` lists those that are; a new one has to run first"
        : `did you mean \`${guess}\`?`,
  });
}

function several(path: string, selections: readonly (TaskSelection | undefined)[]): Diagnostic {
  const tasks = selections.flatMap((each) => (each === undefined ? [] : [each]));
  return errorOf("SYM4064", `${path} is a test file of ${named(tasks)}`, {
    hint: `name one: \`--task ${tasks[0]?.task ?? ""}\``,
  });
}

function named(selections: readonly TaskSelection[]): string {
  return selections.map(({ task }) => task).join(", ");
}
