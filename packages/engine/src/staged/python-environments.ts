import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { locateEnvironment, type PythonEnvironment } from "../fingerprint/tool/environment.ts";
import { readIfThere, variable, type Host } from "../fingerprint/tool/host.ts";
import { interpreterFacts, type InterpreterFacts } from "../fingerprint/tool/interpreter.ts";
import type { Memo } from "../fingerprint/tool/memo.ts";
import { environmentName } from "../fingerprint/tool/poetry-cache.ts";
import type { EnvironmentCandidate } from "../plugin/tool.ts";
import { movedVariables, type Moves } from "./moved-text.ts";
import { IGNORE_ALL, type Roots } from "./node-modules.ts";
import { putEntry, type Entry } from "./put-in-place.ts";
import { namesMoved, pythonEntries } from "./python-entries.ts";

/** What making environments for another tree draws on. */
export interface EnvironmentsInput {
  readonly roots: Roots;
  /** Where projects may have their environments. */
  readonly candidates: readonly EnvironmentCandidate[];
  /** Further environments in the work tree, from its root. */
  readonly directories: readonly string[];
  /** As for the work tree. */
  readonly host: Host;
  readonly memo: Memo;
  /** The folder for environments that lie outside the work tree. */
  readonly folder: string;
}

/**
 * Gives the other tree the Python environments of the work tree: what is installed is the same, and what is imported from
 * the work tree's own sources comes from the other tree's. Gives the variables with which they are found.
 */
export function makePythonEnvironments(input: EnvironmentsInput): Host["env"] {
  const made = environmentsOf(input).map((environment) => plan(environment, input));
  const moves: Moves = [
    ...made.flatMap(({ environment: { directory }, target, reaches }) =>
      directory !== null && reaches && target !== undefined ? [[directory, target] as const] : [],
    ),
    [input.roots.from, input.roots.to],
  ];
  for (const each of made) if (each.target !== undefined) putEntry(each.target, entryOf(each, moves));
  return variablesFor(made, moves, input);
}

interface Located {
  readonly environment: PythonEnvironment;
  readonly poetry?: Extract<EnvironmentCandidate, { kind: "poetry" }>;
}

interface Planned extends Located {
  readonly facts: InterpreterFacts | undefined;
  /** Whether it imports from the work tree. */
  readonly reaches: boolean;
  /** Where it lies for the other tree; undefined where it serves both as it is. */
  readonly target: string | undefined;
}

/** Each environment once, those with a folder first: what PATH leads to may be one of them. */
function environmentsOf({ candidates, directories, host }: EnvironmentsInput): readonly Located[] {
  const inTree = directories.map((path) => ({ ecosystem: "python", kind: "directory", path }) as const);
  const found = new Map<string, Located>();
  for (const candidate of [...inTree, ...candidates]) {
    const located = locateEnvironment(candidate, host);
    if (located === undefined) continue;
    const environment = withDirectory(located);
    const key = environment.directory ?? environment.python;
    if (!found.has(key))
      found.set(key, candidate.kind === "poetry" ? { environment, poetry: candidate } : { environment });
  }
  return [...found.values()];
}

/** A program on PATH may be that of an environment which nothing else names. */
function withDirectory(environment: PythonEnvironment): PythonEnvironment {
  const directory = dirname(environment.binDirectory);
  return environment.directory === null && readIfThere(join(directory, "pyvenv.cfg")) !== undefined
    ? { ...environment, directory }
    : environment;
}

function plan(located: Located, input: EnvironmentsInput): Planned {
  const { environment, poetry } = located;
  const { roots, host, memo, folder } = input;
  const facts = interpreterFacts(environment, host, memo);
  const own: Moves = [[roots.from, roots.to]];
  const reaches = facts?.sites.some((site) => namesMoved(site, own)) === true;
  const key = environment.directory ?? environment.python;
  const way = relative(roots.from, key);
  const isInside = environment.directory !== null && !way.startsWith("..") && !isAbsolute(way);
  const outside = reaches ? join(folder, nameOf(key)) : undefined;
  const target = isInside
    ? join(roots.to, way)
    : poetry !== undefined
      ? join(poetryFolder(folder), poetryName(poetry, key, roots.to))
      : outside;
  return { ...located, facts, reaches: reaches || isInside, target };
}

function entryOf({ environment, facts, reaches }: Planned, moves: Moves): Entry {
  const { directory } = environment;
  if (!reaches && directory !== null) return { kind: "link", target: directory };
  if (facts !== undefined) return { kind: "folder", entries: pythonEntries({ environment, facts }, moves) };
  // Its interpreter does not run, but other programs in it may.
  const names = directory === null ? [] : readdirSync(directory);
  const links = names.map((name) => [name, { kind: "link", target: join(directory ?? "", name) }] as const);
  return { kind: "folder", entries: new Map<string, Entry>([...links, [".gitignore", IGNORE_ALL]]) };
}

function variablesFor(made: readonly Planned[], moves: Moves, { host, folder }: EnvironmentsInput): Host["env"] {
  const moved = movedVariables(host.env, moves);
  const first = made.find(({ environment, target }) => environment.directory === null && target !== undefined);
  const path = Object.keys(host.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const bin = first?.target === undefined ? undefined : join(first.target, basename(first.environment.binDirectory));
  return {
    ...moved,
    ...(bin === undefined
      ? {}
      : { [path]: [bin, ...(moved[path] === undefined ? [] : [moved[path]])].join(delimiter) }),
    ...(made.some(({ poetry }) => poetry !== undefined) &&
    variable(host, "POETRY_VIRTUALENVS_PATH") !== poetryFolder(folder)
      ? { POETRY_VIRTUALENVS_PATH: poetryFolder(folder) }
      : {}),
  };
}

function poetryFolder(folder: string): string {
  return join(folder, "poetry");
}

/** Poetry names an environment after its project and the project's folder. */
function poetryName({ name, root }: NonNullable<Located["poetry"]>, directory: string, to: string): string {
  const version = /-py[\d.]+$/.exec(basename(directory))?.[0] ?? "";
  return environmentName(name, resolve(to, root)) + version;
}

function nameOf(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 16);
}
