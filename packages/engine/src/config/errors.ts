import { readFileSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import type { z } from "zod";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { OptionIssue } from "../plugin/load.ts";
import type { FoundConfig } from "./find.ts";
import { locate, placeOf, type KeyPath } from "./locate.ts";
import { layerOf } from "./layers.ts";
import { knownKeys, plainIssues, type Issue } from "./schema-issues.ts";
import type { SettingProblem } from "./setting-problem.ts";
import type { Settings } from "./schema.ts";
import { nearest } from "./suggest.ts";

/** One wrong setting: which, why, and the names that would have been right. */
interface Wrong {
  readonly path: KeyPath;
  readonly message: string;
  readonly code: string;
  readonly hint?: string;
  readonly unknown?: string;
  readonly known?: readonly string[];
  readonly owner?: string;
}

/** A diagnostic for each thing that the schema has against the settings. */
export async function settingsErrors(found: FoundConfig, root: string, error: z.ZodError): Promise<Diagnostic[]> {
  const wrong = (error.issues as readonly Issue[]).flatMap(plainIssues).flatMap((issue): Wrong[] => {
    const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
    if (issue.code === "invalid_key") return [{ path, message: `cannot be: ${issue.message}`, code: "SYM1201" }];
    if (issue.code !== "unrecognized_keys")
      return [
        { path, message: `is ${shown(valueAt(found.value, path))}: ${expectation(issue.message)}`, code: "SYM1201" },
      ];
    return (issue.keys ?? []).map((key) => ({
      path: [...path, key],
      message: "is not a setting",
      code: "SYM1202",
      unknown: key,
      known: knownKeys(path),
      owner: keyName(path) || "the configuration",
    }));
  });
  return Promise.all(wrong.map((each) => explain(found, root, each)));
}

/** A diagnostic for each thing that a plugin has against its options; `path` leads to them. */
export async function optionErrors(
  found: FoundConfig,
  root: string,
  at: { readonly path: KeyPath; readonly plugin: string; readonly issues: readonly OptionIssue[] },
): Promise<Diagnostic[]> {
  return Promise.all(
    at.issues.map((issue) => {
      const path: KeyPath = [...at.path, ...issue.path];
      const message = issue.unknown === undefined ? expectation(issue.message) : `is not an option of ${at.plugin}`;
      const names = issue.unknown === undefined ? {} : { unknown: issue.unknown, known: issue.known ?? [] };
      return explain(found, root, {
        path,
        message,
        code: issue.unknown === undefined ? "SYM1204" : "SYM1203",
        owner: at.plugin,
        ...names,
      });
    }),
  );
}

/** A diagnostic about a whole plugin, with the place at which the configuration names it. */
export async function atPlugin(
  found: FoundConfig,
  root: string,
  index: number,
  diagnostic: Diagnostic,
): Promise<Diagnostic> {
  const file = displayPath(root, found.file);
  const place = await locate(found.file, found.text, ["plugins", index]).catch(() => undefined);
  return place === undefined
    ? { ...diagnostic, location: { file } }
    : { ...diagnostic, location: { ...place.location, file }, excerpt: place.excerpt };
}

/** The file could not be evaluated: a syntax error, or an exception of its own. */
export function evaluationError(file: string, root: string, thrown: unknown): Diagnostic {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const place = thrownPlace(error, file);
  const shownFile = displayPath(root, file);
  const located = place === undefined ? { location: { file: shownFile } } : placeAt(shownFile, textOf(file), place);
  // The loaders of data put a line with the file's name first.
  const [message = ""] = error.message.replace(/^(?:YAML|JSON) Error in .*:\n/, "").split("\n");
  return errorOf("SYM1101", `the configuration cannot be loaded: ${message}`, {
    ...located,
    hint: "mend the file; `node <file>` shows the same error with its whole stack",
  });
}

/** Empty where it cannot be read, which may be the very error that is told. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** A name in the configuration that nothing answers to. */
export function unknownName(
  { layers, root }: { readonly layers: readonly FoundConfig[]; readonly root: string },
  wrong: { readonly path: KeyPath; readonly name: string; readonly known: readonly string[]; readonly owner: string },
): Promise<Diagnostic> {
  const { path, name, known, owner } = wrong;
  return explain(layerOf(layers, path), root, {
    path,
    message: `names \`${name}\`, which is not known`,
    code: "SYM1206",
    unknown: name,
    known,
    owner,
  });
}

/** A diagnostic for each thing that is wrong with settings that are each well formed. */
export function settingProblems(
  { layers, root }: { readonly layers: readonly FoundConfig[]; readonly root: string },
  problems: readonly SettingProblem[],
): Promise<Diagnostic[]> {
  return Promise.all(
    problems.map(({ name, ...problem }) =>
      explain(layerOf(layers, problem.path), root, {
        ...problem,
        ...(name === undefined ? {} : { unknown: name.wrong, known: name.known, owner: name.owner }),
      }),
    ),
  );
}

/** Gives a diagnostic that two own an atom the place of that atom, where it is one of the configuration. */
export function atAtoms(
  diagnostics: readonly Diagnostic[],
  { layers, settings }: { readonly layers: readonly FoundConfig[]; readonly settings: Settings },
  root: string,
): Promise<Diagnostic[]> {
  return Promise.all(
    diagnostics.map(async (diagnostic) => {
      const own = Object.entries(settings.atoms ?? {}).find(
        ([id, atom]) =>
          diagnostic.code === "SYM1305" &&
          [id, atom === false ? id : atom.alias].some((name) => diagnostic.message.startsWith(`\`${name ?? id}\` `)),
      );
      if (own === undefined || diagnostic.location !== undefined) return diagnostic;
      const { location, excerpt } = await explain(layerOf(layers, ["atoms", own[0]]), root, {
        path: ["atoms", own[0]],
        code: diagnostic.code,
        message: "",
      });
      return { ...diagnostic, ...(location && { location }), ...(excerpt === undefined ? {} : { excerpt }) };
    }),
  );
}

/** A diagnostic about a setting, with the place at which the file has it. */
export async function explain(
  found: Pick<FoundConfig, "file" | "text">,
  root: string,
  wrong: Wrong,
): Promise<Diagnostic> {
  const place = await locate(found.file, found.text, wrong.path).catch(() => undefined);
  const guess = wrong.unknown === undefined ? undefined : nearest(wrong.unknown, wrong.known ?? []);
  const known =
    wrong.known !== undefined && wrong.known.length > 0
      ? [`${wrong.code === "SYM1206" ? "known" : "options of"} ${wrong.owner ?? ""}: ${wrong.known.join(", ")}`]
      : [];
  const location =
    place === undefined
      ? { file: displayPath(root, found.file) }
      : { ...place.location, file: displayPath(root, found.file) };
  return errorOf(wrong.code, `${keyName(wrong.path) || "the configuration"} ${wrong.message}`, {
    location,
    ...(place === undefined ? {} : { excerpt: place.excerpt }),
    hint:
      guess === undefined
        ? (wrong.hint ?? "docs/configuration.md lists what may stand there")
        : `did you mean \`${guess}\`?`,
    ...(known.length === 0 ? {} : { notes: known }),
  });
}

/** `plugins[0].options.select`. */
export function keyName(path: KeyPath): string {
  return path
    .map((key, index) => (typeof key === "number" ? `[${String(key)}]` : index === 0 ? key : `.${key}`))
    .join("");
}

function valueAt(value: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], value);
}

function expectation(message: string): string {
  return message.replace(/^Invalid input: /, "").replace(/, received .*$/, "");
}

function shown(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value) as string | undefined;
  return `\`${(text ?? typeof value).slice(0, 60)}\``;
}

/** A file as people name it: from the repository root where it lies inside. */
export function displayPath(root: string, file: string): string {
  const inside = relative(root, file);
  return inside.startsWith("..") || isAbsolute(inside) ? file : inside.split(sep).join("/");
}

interface LineColumn {
  readonly line: number;
  readonly column: number;
}

function thrownPlace(error: Error, file: string): LineColumn | undefined {
  const base = file.split(/[\\/]/).at(-1) ?? file;
  const escaped = base.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const stack = error.stack ?? "";
  // A syntax error has the line, then the source, then a marker below the column.
  const marked = new RegExp(`${escaped}:(\\d+)\\n(?:.*\\n)*?( *)\\^`).exec(stack);
  if (marked) return { line: Number(marked[1]), column: (marked[2]?.length ?? 0) + 1 };
  const match =
    new RegExp(`${escaped}:(\\d+)(?::(\\d+))?`).exec(stack) ??
    /line (\d+),? column (\d+)/.exec(error.message) ??
    /\((\d+):(\d+)\)/.exec(error.message);
  return match ? { line: Number(match[1]), column: Number(match[2] ?? 1) } : undefined;
}

function placeAt(file: string, text: string, { line, column }: LineColumn): ReturnType<typeof placeOf> {
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  return placeOf(file, text, [Math.min(start, text.length), Math.min(start + 1, text.length)]);
}
