import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { JsonValue } from "@symbiotic-build/engine";
import { expect } from "vitest";
import type { PytestOptionsInput } from "../src/options.ts";
import { outcomeOf, outcomesIn, runIn, type Repository, type Run } from "./harness.ts";

/** Texts by path; `null` takes a file away. */
export type Edit = Readonly<Record<string, string | null>>;

/** What one run did with each test file. */
export interface RecordedRun {
  readonly run: Run;
  readonly outcomes: Readonly<Record<string, string>>;
  /** Paths of test files, sorted. */
  readonly served: readonly string[];
  readonly ran: readonly string[];
  /** Why a file can never be served, by path. */
  readonly never: Readonly<Record<string, string>>;
  /** Why a file ran. */
  readonly why: Readonly<Record<string, string>>;
  /** Why none was looked at by itself. */
  readonly whole: string | null;
}

interface Decision {
  readonly decision: "served" | "ran" | "never";
  readonly reason: string;
  readonly evidence: readonly string[];
}

/** Runs over one repository, with records that are kept from one to the next as the engine keeps them. */
export function recordedRuns(
  repository: Repository,
  more: { readonly options?: PytestOptionsInput; readonly detected?: readonly string[] } = {},
): (edit?: Edit, how?: { readonly together?: boolean }) => RecordedRun {
  const known = new Map<string, JsonValue[]>();
  return (edit = {}, how = {}) => {
    edited(repository, edit);
    const told = { version: 1, parts: Object.fromEntries(known), ...how };
    const options = { granularity: "recorded" as const, ...more.options };
    const run = runIn(repository, { ...more, options, files: { "known.json": JSON.stringify(told) } });
    for (const { name, record } of outcomeOf(run).parts ?? []) known.set(name, [record, ...(known.get(name) ?? [])]);
    return toldBy(run);
  };
}

/** The outcome of each test as pytest has it when all of them run. */
export function truthOf(repository: Repository, more: { readonly detected?: readonly string[] } = {}): Run {
  return runIn(repository, { ...more, options: { granularity: "project" } });
}

function edited({ path }: Repository, edit: Edit): void {
  for (const [name, text] of Object.entries(edit)) {
    const file = join(path, name);
    if (text === null) rmSync(file, { recursive: true, force: true });
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}

function toldBy(run: Run): RecordedRun {
  const told = JSON.parse(run.result.files["selection.json"] ?? "null") as {
    readonly whole: string | null;
    readonly files: Readonly<Record<string, Decision>>;
  } | null;
  if (told === null) expect.fail(`nothing was told of the test files\n${run.result.stdout}\n${run.result.stderr}`);
  const files = Object.entries(told.files);
  const of = (decision: string): string[] => files.filter(([, one]) => one.decision === decision).map(([file]) => file);
  return {
    run,
    outcomes: outcomesIn(run),
    served: of("served").sort(),
    ran: of("ran").sort(),
    never: Object.fromEntries(of("never").map((file) => [file, told.files[file]?.evidence.join("; ") ?? ""])),
    why: Object.fromEntries(files.map(([file, { reason }]) => [file, reason])),
    whole: told.whole,
  };
}
