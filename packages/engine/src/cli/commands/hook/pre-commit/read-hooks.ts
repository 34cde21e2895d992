import { LineCounter, parseDocument, visit, type Document, type Node } from "yaml";
import { z } from "zod";
import { errorOf, type Diagnostic } from "../../../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../../../core/result.ts";

const scalar = z
  .union([z.string(), z.number(), z.boolean()], {
    error: ({ input }) => (input === undefined ? "is missing" : "must be a text"),
  })
  .transform(String);
/** As pre-commit's reader has it; `y` and `n` are letters to it. */
const flag = z.preprocess((value) => {
  if (typeof value === "string" && /^(?:yes|no|on|off)$/i.test(value)) return /^(?:yes|on)$/i.test(value);
  return value;
}, z.boolean());
const words = z.array(scalar);
const settings = z.looseObject({
  id: scalar.refine((id) => id !== "", "is empty"),
  name: scalar.optional(),
  entry: scalar.optional(),
  language: scalar.optional(),
  args: words.default([]),
  files: scalar.optional(),
  exclude: scalar.optional(),
  types: words.default([]),
  types_or: words.default([]),
  exclude_types: words.default([]),
  additional_dependencies: words.default([]),
  stages: words.optional(),
  pass_filenames: flag.default(true),
  always_run: flag.default(false),
});
const top = z.looseObject({
  files: scalar.optional(),
  exclude: scalar.optional(),
  default_stages: words.optional(),
  repos: z.array(z.looseObject({ repo: scalar, hooks: z.array(z.looseObject({})) })),
});

/** A hook as the file has it; what it does not say is as pre-commit takes it. */
export interface ConfiguredHook {
  readonly id: string;
  readonly name?: string | undefined;
  readonly entry?: string | undefined;
  readonly language?: string | undefined;
  readonly args: readonly string[];
  /** Regular expressions, of Python, that are searched for in paths from the root. */
  readonly files?: string | undefined;
  readonly exclude?: string | undefined;
  readonly types: readonly string[];
  readonly types_or: readonly string[];
  readonly exclude_types: readonly string[];
  readonly additional_dependencies: readonly string[];
  readonly stages?: readonly string[] | undefined;
  readonly pass_filenames: boolean;
  readonly always_run: boolean;
  /** What its `repo` says: `local`, `meta`, or an address. */
  readonly repo: string;
  /** From 1. */
  readonly line: number;
}

/** What a `.pre-commit-config.yaml` asks for. */
export interface PreCommitConfig {
  /** Patterns that hold for all hooks. */
  readonly files?: string | undefined;
  readonly exclude?: string | undefined;
  readonly defaultStages?: readonly string[] | undefined;
  /** In the order of the file. */
  readonly hooks: readonly ConfiguredHook[];
}

/** Reads the text of a `.pre-commit-config.yaml`; `file` is how errors name it. All that is wrong comes back at once. */
export function readHooks(text: string, file: string): Result<PreCommitConfig, readonly Diagnostic[]> {
  const lines = new LineCounter();
  // The rules of pre-commit's own reader: `<<` takes over a mapping, and of two equal keys the last one counts.
  const document = parseDocument(text, { lineCounter: lines, merge: true, uniqueKeys: false });
  const syntax = [...document.errors.map(({ message, pos }) => ({ message, at: pos[0] })), ...strayAliases(document)];
  if (syntax.length > 0) return fail(syntax.map(({ message, at }) => syntaxError(message, file, lines.linePos(at))));
  const placeOf: Finder["placeOf"] = (path) => {
    const range = (document.getIn(path, true) as Node | undefined)?.range;
    if (range) return lines.linePos(range[0]);
    return path.length === 0 ? { line: 1, col: 1 } : placeOf(path.slice(0, -1));
  };
  return readDocument(document.toJS(), { file, placeOf });
}

interface Finder {
  readonly file: string;
  /** Where a value stands, or else what it would stand in. */
  readonly placeOf: (path: readonly (string | number)[]) => { readonly line: number; readonly col: number };
}

function readDocument(value: unknown, finder: Finder): Result<PreCommitConfig, readonly Diagnostic[]> {
  const parsed = top.safeParse(value);
  if (!parsed.success) return fail(parsed.error.issues.map((issue) => shapeError(issue, [], finder)));
  const problems: Diagnostic[] = [];
  const hooks = parsed.data.repos.flatMap(({ repo, hooks: listed }, at) =>
    listed.flatMap((hook, index): ConfiguredHook[] => {
      const path = ["repos", at, "hooks", index];
      const read = settings.safeParse(hook);
      if (read.success) return [{ ...read.data, repo, line: finder.placeOf(path).line }];
      problems.push(...read.error.issues.map((issue) => shapeError(issue, path, finder)));
      return [];
    }),
  );
  const { files, exclude, default_stages: defaultStages } = parsed.data;
  return problems.length > 0 ? fail(problems) : ok({ files, exclude, defaultStages, hooks });
}

/** Aliases of anchors that are nowhere above them: the parser finds them only when it needs their values. */
function strayAliases(document: Document.Parsed): readonly { readonly message: string; readonly at: number }[] {
  const stray: { readonly message: string; readonly at: number }[] = [];
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) === undefined)
        stray.push({ message: `there is no anchor &${alias.source} before this`, at: alias.range?.[0] ?? 0 });
    },
  });
  return stray;
}

function shapeError(
  { path, message }: { readonly path: readonly PropertyKey[]; readonly message: string },
  before: readonly (string | number)[],
  { file, placeOf }: Finder,
): Diagnostic {
  const all = [...before, ...path.filter((step) => typeof step !== "symbol")];
  const { line, col: column } = placeOf(all);
  const what = all.map((step) => (typeof step === "number" ? `[${String(step)}]` : `.${step}`)).join("");
  return errorOf("SYM2056", `${what === "" ? "the file" : what.slice(1)} ${inWords(message)}`, {
    location: { file, line, column },
    hint: "`pre-commit validate-config` says what it has to be; a file of an old form is made new by `pre-commit migrate-config`",
  });
}

const KINDS: Readonly<Record<string, string>> = { object: "a mapping", array: "a list", boolean: "true or false" };

function inWords(message: string): string {
  const [, wanted = "", got] = /^Invalid input: expected (\w+), received (\w+)$/.exec(message) ?? [];
  if (got === "undefined") return "is missing";
  return KINDS[wanted] === undefined ? message : `must be ${KINDS[wanted]}`;
}

function syntaxError(message: string, file: string, { line, col }: { line: number; col: number }): Diagnostic {
  const [first = ""] = message.split("\n");
  return errorOf("SYM2056", first.replace(/ at line \d+, column \d+:?$/, ""), {
    location: { file, line, column: col },
    hint: "correct the YAML at this place",
  });
}
