import {
  byCodeUnit,
  fail,
  ok,
  type CommandResult,
  type Diagnostic,
  type Finding,
  type RepoPath,
  type Result,
} from "@symbiotic-build/engine";
import { count, readJson, stopped, type Report } from "@symbiotic-build/validator";
import { z } from "zod";
import { CONFIG } from "./facts.ts";
import { mentionedIn, type Mention } from "./mentioned.ts";

const partSchema = z.object({ output: z.string(), changed: z.array(z.string()) });
const reportSchema = z.object({
  version: z.literal(1),
  exit: z.number(),
  hooks: z.array(partSchema.extend({ id: z.string() })),
  /** What came after the last look: a hook at which pre-commit stopped, or what it says where it could not begin. */
  rest: partSchema,
  tracked: z.array(z.string()),
});

/** A hook that failed. */
interface FailedHook {
  readonly id: string;
  readonly name: string;
  /** 0 where nothing is wrong but that it changed files. */
  readonly exit: number;
  readonly output: string;
  readonly changed: readonly RepoPath[];
}

/** What the program wrote about a run of all hooks. SYM4461 where pre-commit came to no end, SYM4462 for another report. */
export function readReport(result: CommandResult): Result<Report, Diagnostic> {
  const read = readJson("pre-commit", result.stdout, reportSchema);
  if (!read.ok) return read;
  const { exit, hooks, rest, tracked } = read.value;
  const failed = [...hooks, { ...rest, id: "" }].flatMap((hook) => failedOf(hook) ?? []);
  const isStopped = exit !== 0 && exit !== 1;
  if (isStopped || GAVE_UP.test(rest.output) || (exit === 1) !== failed.length > 0) return fail(gaveUp(result, rest));
  const files = new Set(tracked);
  const findings = failed.map((hook) => findingsOf(hook, files));
  return ok({
    findings: findings.flat(),
    data: {
      hooks: failed.map(({ id, exit: code }, index) => ({
        hook: id,
        exit: code,
        files: (findings[index] ?? []).map(({ file }) => file),
      })),
    },
    ...(failed.length === 0 ? {} : { summary: `${count(failed.length, "hook")} failed` }),
  });
}

const GAVE_UP = /^An (unexpected )?error has occurred: /m;

/** What pre-commit says of a hook: a line that ends with how it went, details, and what the hook itself wrote. */
function failedOf({
  id,
  output,
  changed,
}: z.infer<typeof partSchema> & { readonly id: string }): FailedHook | undefined {
  const lines = output.split("\n");
  const at = lines.findIndex((line) => /\.{3}(\(.*\))?(Passed|Failed|Skipped)$/.test(line));
  if (at < 0 || lines[at]?.endsWith("Failed") !== true) return undefined;
  const after = lines.slice(at + 1);
  const end = after.findIndex((line) => !line.startsWith("- "));
  const details = after.slice(0, end < 0 ? after.length : end);
  const detail = (key: string): string | undefined =>
    details.find((line) => line.startsWith(`- ${key}: `))?.slice(key.length + 4);
  return {
    id: detail("hook id") ?? id,
    name: (lines[at] ?? "").replace(/\.{3,}Failed$/, ""),
    exit: Number(detail("exit code") ?? 0),
    output: after.slice(details.length).join("\n").trim(),
    changed,
  };
}

/** One a file that the hook changed or names; where there is none, one about the configuration. */
function findingsOf(hook: FailedHook, tracked: ReadonlySet<RepoPath>): readonly Finding[] {
  const mentions = mentionedIn(hook.output, tracked);
  const files = [...new Set([...hook.changed, ...mentions.keys()])].sort(byCodeUnit);
  if (files.length === 0) return [findingIn(hook, CONFIG, { lines: hook.output.split("\n") })];
  return files.map((file) => findingIn(hook, file, mentions.get(file) ?? { lines: [] }));
}

const MOST_LINES = 20;

function findingIn({ id, name, exit, changed }: FailedHook, file: RepoPath, { lines, at }: Mention): Finding {
  const isChanged = changed.includes(file);
  const what = [...(exit === 0 ? [] : [`exit code ${String(exit)}`]), ...(isChanged ? ["would change this file"] : [])];
  // A hook is started several times, as many as there are processors, and may say the same each time.
  const said = [...new Set(lines.filter((line) => line.trim() !== ""))].slice(0, MOST_LINES);
  return {
    tool: "pre-commit",
    rule: id,
    level: "error",
    message: [`${name}: ${what.join(", ") || "failed"}`, ...said.map((line) => line.slice(0, 300))].join("\n"),
    file,
    ...(at === undefined ? {} : { range: { start: at } }),
    ...(isChanged ? { fix: { applicability: "unsafe" as const } } : {}),
  };
}

/** The reason stands above the line about the log, which is on this machine alone. */
function gaveUp(result: CommandResult, { output }: { readonly output: string }): Diagnostic {
  const lines = output.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("Check the log at "));
  const reason = lines.filter((line) => line.startsWith("=====> ")).map((line) => `error: ${CONFIG}: ${line.slice(7)}`);
  return stopped("pre-commit", { ...result, stdout: "", stderr: [...lines, ...reason].join("\n") });
}
