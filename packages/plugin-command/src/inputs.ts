import { posix } from "node:path";
import { joinRepo, type Inputs, type Project, type RepoPath } from "@symbiotic-build/engine";
import type { Params } from "./params.ts";

/** What of an atom's params says what it reads. */
type ReadParams = Omit<Params, "command" | "env" | "variables"> & Partial<Pick<Params, "command" | "variables">>;

/** What a command atom reads, out of what the configuration writes. */
export function inputsOf(params: ReadParams, project: Project): Inputs {
  const written = (params.inputs ?? ["**"]).map(parsed);
  const own = written.filter(({ of }) => of === "project");
  const literal = own
    .filter(({ not, glob }) => !not && isLiteral(glob))
    .map(({ glob }) => joinRepo(project.root, glob));
  return {
    files:
      own.length === 0 ? [] : [...(own.every(({ not }) => not) ? ["**"] : []), ...own.flatMap(globs), ...made(params)],
    upstreamFiles: written.filter(({ of }) => of === "upstream").flatMap(globs),
    repositoryFiles: [...written.filter(({ of }) => of === "repository"), ...params.globalInputs.map(global)].flatMap(
      globs,
    ),
    literal: [...literal, ...programs(params.command ?? [], project)],
    variables: params.variables ?? [],
    resolved: true,
    platform: true,
  };
}

interface Written {
  readonly of: "project" | "upstream" | "repository";
  readonly not: boolean;
  readonly glob: string;
}

/** `!` takes away, `^` means the projects upstream, `/` counts from the repository root. */
function parsed(text: string): Written {
  const { marks = "", rest = "" } = /^(?<marks>[!^]*)(?<rest>.*)$/s.exec(text)?.groups ?? {};
  const not = marks.includes("!");
  if (marks.includes("^")) return { of: "upstream", not, glob: plain(rest) };
  return rest.startsWith("/")
    ? { of: "repository", not, glob: plain(rest.slice(1)) }
    : { of: "project", not, glob: plain(rest) };
}

function global(text: string): Written {
  return { ...parsed(text.replace(/^(!?)\/?/, "$1/")), of: "repository" };
}

/** In the one spelling that globs match: no `./` in front and no `/` at the end. */
function plain(glob: string): string {
  const bare = glob.replace(/^(?:\.\/+)+/, "").replace(/(?<=.)\/+$/, "");
  return bare === "" || bare === "." ? "**" : bare;
}

/** A path is that file, or all that is in that folder. */
function globs({ not, glob }: Written): string[] {
  const all = glob.endsWith("*") || isFileGlob(glob) ? [glob] : [glob, `${glob}/**`];
  return not ? all.map((each) => `!${each}`) : all;
}

/** A glob that ends in a name with an ending means files: `src/*.ts`. */
function isFileGlob(glob: string): boolean {
  return !isLiteral(glob) && /\.[^/.]+$/.test(glob);
}

function isLiteral(glob: string): boolean {
  return !/[*?[\]{}()!+@]/.test(glob);
}

/** What the command makes itself is none of its inputs, should git not ignore it. */
function made({ outputs, scratch }: Pick<Params, "outputs" | "scratch">): string[] {
  return [...outputs, ...scratch].flatMap((path) => globs({ of: "project", not: true, glob: plain(path) }));
}

/** The program, where it is a file of the repository: `./scripts/build.sh`. */
function programs(command: Params["command"], project: Project): RepoPath[] {
  const program = typeof command === "string" ? (/^\s*(\S+)/.exec(command)?.[1] ?? "") : (command[0] ?? "");
  if (!program.includes("/") || !/^[\w./@+-]+$/.test(program) || posix.isAbsolute(program)) return [];
  const path = posix.normalize(joinRepo(project.root, program));
  return path === ".." || path.startsWith("../") ? [] : [path];
}
