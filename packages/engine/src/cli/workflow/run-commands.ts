import { delimiter, join } from "node:path";
import { fail, ok, type Result } from "../../core/result.ts";
import { taskFolder } from "../../core/task-id.ts";
import type { ChangedTree } from "../../edit/checked.ts";
import { runBounded, type BoundedEnd } from "../../execute/run-bounded.ts";
import { behind } from "../../fingerprint/tool/hold.ts";
import { findOnPath, isProgram, variable, type Host } from "../../fingerprint/tool/host.ts";
import { asksShell } from "../../guard/commands/asks-shell.ts";
import { judgeCommand } from "../../guard/commands/judge-command.ts";
import { shellCommands, UNKNOWN } from "../../guard/commands/shell-words.ts";
import { policyFor } from "../../guard/policy/policy.ts";
import type { RunCommands, Step, StepEnd } from "../../plugin/workflow.ts";
import { brokenEnd, type ToldStep } from "../../workflow/run-steps.ts";
import { brokenBy } from "./ask-in-tree.ts";
import type { StepTools } from "./step-tools.ts";
import { inCopyOf } from "./tree-checks.ts";

/** How a command that a document names came out. A type and not an interface: it is JSON. */
type Ran = {
  readonly command: string;
  readonly from: string;
  readonly status: "pass" | "fail" | "refused";
  /** The end of what it printed, or why it was not run; redacted. */
  readonly notes: string;
};

type Argv = readonly [string, ...string[]];

const LAST = 4000;
/** So many lines of it are shown while it runs. */
const SHOWN = 5;
const DEFAULT_TIMEOUT_S = 900;
/** What became of a process that did not end by itself. */
const HOW: Readonly<Record<Exclude<BoundedEnd["how"], "ended">, string>> = {
  timeout: "its time was up",
  interrupted: "it was stopped",
  "not started": "it cannot be started",
  "too much output": "it printed too much",
};

/** Runs the commands that a document names, in a copy of a tree. Who wrote the document is not trusted: each passes the guard, or is refused. */
export async function runCommands(step: Step, work: RunCommands, tools: StepTools, told: ToldStep): Promise<StepEnd> {
  const used = await tools.trees.use(work.tree, told.before);
  if (!used.ok) return brokenBy(used.error);
  const ran: Ran[] = [];
  const checked = await inCopyOf(used.value, tools, {
    id: taskFolder(step.id),
    async run(copy) {
      for (const { command, from } of work.commands) {
        if (tools.context.signal.aborted) break;
        const done = await runOne(command, copy, tools);
        told.line(`${done.status.padEnd(8)}${command}`);
        if (done.status !== "pass") for (const line of lastLines(done.notes)) told.line(`  ${line}`);
        ran.push({ command, from, ...done });
      }
      const problems = ran
        .filter(({ status }) => status !== "pass")
        .map(({ command, notes }) => `${command}: ${notes}`);
      return ok({ passed: problems.length === 0, problems, tasks: ran.length, durationMs: 0, run: tools.run });
    },
  });
  if (!checked.ok) return brokenBy(checked.error);
  if (tools.context.signal.aborted) return brokenEnd("it was stopped");
  const passed = ran.filter(({ status }) => status === "pass").length;
  return {
    status: checked.value.passed ? "ok" : "failed",
    summary: `${String(passed)} of ${String(ran.length)} passed`,
    data: { commands: ran, problems: [...checked.value.problems], head: used.value.head },
  };
}

async function runOne(command: string, copy: ChangedTree, tools: StepTools): Promise<Pick<Ran, "status" | "notes">> {
  const words = allowedWords(command, tools);
  if (!words.ok) return { status: "refused", notes: words.error };
  const env = withPrograms(copy);
  const host: Host = { root: copy.roots.to, env, home: env["HOME"] ?? copy.roots.to };
  const [name, ...args] = words.value;
  const program = /[\\/]/.test(name) ? join(copy.roots.to, name) : findOnPath(host, name);
  if (program === undefined || !isProgram(program)) return { status: "fail", notes: `\`${name}\` is not installed` };
  const held = copy.hold?.({ programs: [program], writes: [] });
  const { groups, context, opened, redactor } = tools;
  const ended = await runBounded({
    argv: behind(held, [program, ...args], { cwd: copy.roots.to }),
    ...{ cwd: copy.roots.to, env, groups, signal: context.signal },
    timeoutMs: (opened.config.settings.timeout ?? DEFAULT_TIMEOUT_S) * 1000,
  });
  const output = [ended.stdout, ended.stderr].map((text) => text.trim()).filter((text) => text !== "");
  const notes = redactor.text(output.join("\n").slice(-LAST));
  if (ended.how === "ended" && ended.exitCode === 0) return { status: "pass", notes };
  const how = ended.how === "ended" ? `exit code ${String(ended.exitCode)}` : (ended.why ?? HOW[ended.how]);
  return { status: "fail", notes: `${how}\n${notes}` };
}

/** What a person sees of it at once; the rest is in the run's folder. */
function lastLines(notes: string): readonly string[] {
  return notes
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-SHOWN);
}

/** The words of a command that the guard lets run: one program with its arguments, and nothing that only a shell can read. */
function allowedWords(command: string, { opened }: StepTools): Result<Argv, string> {
  const rules = policyFor({ role: "tester", setting: opened.config.settings.guard }).commands;
  const read = shellCommands(command);
  if (!read.ok) return fail(`it cannot be run without a shell: ${read.error}`);
  const [first, ...others] = read.value;
  const [name, ...args] = first ?? [];
  if (name === undefined || others.length > 0) return fail("it is not one command");
  if ([name, ...args].some((word) => word.includes(UNKNOWN)))
    return fail("only a shell could read it: it holds a variable or a pattern");
  if (/^[A-Za-z_]\w*\+?=/.test(name)) return fail("it sets a variable");
  if (asksShell([name, ...args])) return fail("it asks a shell");
  const judged = judgeCommand(rules, [name, ...args]);
  return judged.ok ? ok([name, ...args]) : fail(`${judged.error.code} ${judged.error.message}`);
}

/** The tree's own programs come first, as in a shell in which its environments are active. */
function withPrograms({ roots, environment }: ChangedTree): Record<string, string> {
  const own = [".venv/bin", ".venv/Scripts", "node_modules/.bin"].map((folder) => join(roots.to, ...folder.split("/")));
  const path = variable({ root: roots.to, env: environment, home: "" }, "PATH") ?? "";
  const given = Object.entries(environment).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { ...Object.fromEntries(given), PATH: [...own, path].join(delimiter) };
}
