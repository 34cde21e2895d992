import { readFileSync } from "node:fs";
import type { CommandResult, Project, SourceText } from "@symbiotic-build/engine";
import type { RuffCommandContext, RuffContext } from "../src/context.ts";
import { inspect } from "../src/facts.ts";
import { optionsSchema, type RuffSettings } from "../src/options.ts";

/** A project for tests that need no more than its folder. */
export function projectOf(more: Partial<Project> = {}): Project {
  return {
    name: "a",
    root: ".",
    manifests: [],
    dependsOn: [],
    tags: ["python"],
    nested: [],
    environments: [],
    ...more,
  };
}

/** What a test says of a repository: its files by path, and whatever differs from the usual. */
export interface Repository {
  readonly files?: Readonly<Record<string, string>>;
  readonly project?: Partial<Project>;
  readonly options?: RuffSettings;
}

/** The context of a project as the engine would make it from these files; fails the test where the facts are an error. */
export function contextOf(repository: Repository): RuffContext {
  const facts = factsOf(repository);
  if (!facts.ok) throw new Error(facts.error.map((problem) => problem.message).join("\n"));
  return {
    options: optionsSchema.parse(repository.options),
    facts: facts.value,
    project: projectOf(repository.project),
    upstream: [],
  };
}

/** The facts of a project, or why there are none. */
export function factsOf({ files = {}, project, options }: Repository): ReturnType<typeof inspect.facts> {
  const own = projectOf(project);
  return inspect.facts({
    project: own,
    texts: textsOf(files, own.root),
    paths: Object.keys(files).filter((path) => isOwn(path, own) && /\.(py|pyi|ipynb|md)$/.test(path)),
    options: optionsSchema.parse(options),
  });
}

/** The same with a tool, as `command` and `parse` get it. */
export function withTool(context: RuffContext, tool: "ruff" | "ruff-wasm" = "ruff"): RuffCommandContext {
  return {
    ...context,
    tool: {
      name: tool,
      version: "0.17.5",
      advisory: tool === "ruff-wasm",
      detected: [],
      argv: [`{${tool}}`],
      origin: "a test",
    },
    out: ".symbiotic/out/a",
  };
}

/** What a release of ruff wrote over one small repository, recorded with `{root}` for its folder. */
export interface Recording {
  readonly ruff: string;
  readonly check: Omit<CommandResult, "files">;
  readonly format: Omit<CommandResult, "files">;
}

/** A recording by its release. */
export function recordingOf(release: string): Recording {
  return JSON.parse(readFileSync(new URL(`./fixtures/ruff-${release}.json`, import.meta.url), "utf8")) as Recording;
}

/** A process's end with nothing in it but what is said. */
export function ended(more: Partial<CommandResult>): CommandResult {
  return { exitCode: 0, stdout: "", stderr: "", files: {}, ...more };
}

function isOwn(path: string, project: Project): boolean {
  const isIn = (folder: string): boolean => folder === "." || path.startsWith(`${folder}/`);
  return isIn(project.root) && !project.nested.some(isIn);
}

function textsOf(files: Readonly<Record<string, string>>, root: string): SourceText[] {
  const segments = root === "." ? [] : root.split("/");
  const folders = segments.map((_, index) => segments.slice(0, segments.length - index).join("/")).concat(".");
  const paths = folders.flatMap((folder) => inspect.texts.map((name) => (folder === "." ? name : `${folder}/${name}`)));
  return paths.flatMap((path) => (files[path] === undefined ? [] : [{ path, text: files[path] }]));
}
