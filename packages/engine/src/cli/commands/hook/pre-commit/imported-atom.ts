import type { AtomSetting } from "../../../../config/atom-schema.ts";
import { patternGlobs } from "./pattern-globs.ts";
import type { ConfiguredHook, PreCommitConfig } from "./read-hooks.ts";
import { splitWords } from "./split-words.ts";
import { typeGlobs } from "./type-globs.ts";

/** A hook as an atom, with what a person must know of it; or why it is none. */
export type Imported =
  | { readonly atom: AtomSetting & { readonly command: string | readonly string[] }; readonly notes: readonly string[] }
  | { readonly not: string };

/** Languages whose hooks are no command of this machine. */
const NO_COMMAND: Readonly<Record<string, string>> = {
  fail: "it is a list of files that may not exist, and no command",
  pygrep: "it is a pattern that pre-commit looks for itself, and no command",
  docker: "it runs in a container, which an atom does not",
  docker_image: "it runs in a container, which an atom does not",
};
const HERE = new Set(["system", "script", "unsupported", "unsupported_script"]);
const STAGES = new Set(["pre-commit", "commit", "pre-push", "push", "pre-merge-commit", "merge-commit"]);

/** What a hook of the file itself (`repo: local`) becomes. It runs once for the repository, not once a project. */
export function importedAtom(hook: ConfiguredHook, config: PreCommitConfig): Imported {
  const { language = "system", entry = "" } = hook;
  const stages = hook.stages ?? config.defaultStages ?? ["pre-commit"];
  const isManual = stages.every((stage) => stage === "manual");
  if (!isManual && !stages.some((stage) => STAGES.has(stage)))
    return { not: `it is for ${stages.join(", ")}, where git asks about something else than files` };
  const refused = NO_COMMAND[language];
  if (refused !== undefined) return { not: refused };
  const written = splitWords(entry);
  if (written === undefined || written.length === 0)
    return { not: written === undefined ? "its `entry` has a quote without an end" : "it has no `entry`" };
  const [first = "", ...others] = written;
  const isScript = language.endsWith("script") && !first.includes("/");
  const program = [isScript ? `./${first}` : first, ...others, ...hook.args];
  const chosen = filesOf(hook, config);
  return {
    atom: {
      describe: (hook.name ?? hook.id).split("\n")[0] ?? hook.id,
      command: hook.pass_filenames ? overFiles(program, chosen.globs) : program,
      ...(hook.always_run || chosen.isAll ? {} : { inputs: chosen.globs.map(fromRoot) }),
      only: ["."],
      ...(isManual ? {} : { targets: ["gates"] }),
    },
    notes: notesOf(hook, language, chosen.unclear),
  };
}

interface Chosen {
  readonly globs: readonly string[];
  readonly isAll: boolean;
  /** Settings that globs cannot say. */
  readonly unclear: readonly string[];
}

function filesOf(hook: ConfiguredHook, config: PreCommitConfig): Chosen {
  const patterns = [config.files, hook.files].filter((each) => each !== undefined);
  const excludes = [config.exclude, hook.exclude].filter((each) => each !== undefined);
  const types = hook.types.length + hook.types_or.length === 0 ? ["*"] : typeGlobs(hook.types, hook.types_or);
  const wanted = patterns.length > 1 ? undefined : patterns.length === 0 ? ["**"] : patternGlobs(patterns[0] ?? "");
  const unwanted = excludes.map(patternGlobs);
  const unwantedTypes = hook.exclude_types.map((type) => typeGlobs([type], []));
  const both = joined(wanted ?? ["**"], types ?? ["*"]);
  const taken = [...unwanted, ...unwantedTypes].flatMap((each) => (each ?? []).map((glob) => `!${anywhere(glob)}`));
  const globs = [...(both ?? wanted ?? ["**"]), ...taken];
  return {
    globs,
    isAll: globs.length === 1 && globs[0] === "**",
    unclear: [
      ...(wanted === undefined ? ["files"] : []),
      ...(types === undefined || both === undefined ? ["types"] : []),
      ...(unwanted.includes(undefined) ? ["exclude"] : []),
      ...(unwantedTypes.includes(undefined) ? ["exclude_types"] : []),
    ],
  };
}

/** Globs of files whose names are of these forms. Undefined where a glob names files already, and so may name others. */
function joined(globs: readonly string[], names: readonly string[]): readonly string[] | undefined {
  if (names.includes("*")) return globs;
  const all = globs.map((glob) => {
    if (glob === "**") return names.map((name) => `**/${name}`);
    if (glob.endsWith("/**/*")) return names.map((name) => `${glob.slice(0, -1)}${name}`);
    return names.some((name) => glob.endsWith(name.slice(1))) ? [glob] : undefined;
  });
  return all.includes(undefined) ? undefined : all.flatMap((each) => each ?? []);
}

/** The names of a type stand in any folder. */
function anywhere(glob: string): string {
  return glob.startsWith("*.") ? `**/${glob}` : glob;
}

function fromRoot(glob: string): string {
  return glob.startsWith("!") ? `!/${glob.slice(1)}` : `/${glob}`;
}

/** All files that git tracks and that are meant, as `pre-commit run --all-files` has it: a result is for a state of them all. */
function overFiles(program: readonly string[], globs: readonly string[]): string {
  const specs = globs.map((glob) =>
    quoted(glob.startsWith("!") ? `:(exclude,glob)${glob.slice(1)}` : `:(glob)${glob}`),
  );
  return `git ls-files -z -- ${specs.join(" ")} | xargs -0 -r ${program.map(quoted).join(" ")}`;
}

function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function notesOf(
  { additional_dependencies: packages, always_run: always }: ConfiguredHook,
  language: string,
  unclear: readonly string[],
): string[] {
  return [
    ...(HERE.has(language) ? [] : [`pre-commit makes a ${language} environment for it; here it is the project's own`]),
    ...(packages.length === 0 ? [] : [`install what pre-commit installed for it: ${packages.join(" ")}`]),
    ...(unclear.length === 0 ? [] : [`${unclear.join(", ")} cannot be written as globs: more files count than before`]),
    ...(always ? ["always_run: every file counts; say `cache: false` if it must run although none changed"] : []),
  ];
}
