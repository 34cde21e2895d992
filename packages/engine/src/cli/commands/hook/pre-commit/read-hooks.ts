import { LineCounter, parseDocument, type Node } from "yaml";
import { z } from "zod";
import { errorOf, type Diagnostic } from "../../../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../../../core/result.ts";

const words = z.array(z.coerce.string());
const settings = z.looseObject({
  id: z.coerce.string().min(1),
  name: z.coerce.string().optional(),
  entry: z.coerce.string().optional(),
  language: z.coerce.string().optional(),
  args: words.default([]),
  files: z.coerce.string().optional(),
  exclude: z.coerce.string().optional(),
  types: words.default([]),
  types_or: words.default([]),
  additional_dependencies: words.default([]),
  stages: words.optional(),
  pass_filenames: z.boolean().default(true),
  always_run: z.boolean().default(false),
});
const top = z.looseObject({
  files: z.coerce.string().optional(),
  exclude: z.coerce.string().optional(),
  default_stages: words.optional(),
  repos: z.array(z.looseObject({ repo: z.coerce.string(), hooks: z.array(z.looseObject({})) })),
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
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0)
    return fail(document.errors.map((error) => syntaxError(error.message, file, lines.linePos(error.pos[0]))));
  const lineOf = (path: readonly (string | number)[]): number => {
    const range = (document.getIn(path, true) as Node | undefined)?.range;
    return range ? lines.linePos(range[0]).line : 1;
  };
  const parsed = top.safeParse(document.toJS());
  if (!parsed.success) return fail(parsed.error.issues.map((issue) => shapeError(issue, [], { file, lineOf })));
  const problems: Diagnostic[] = [];
  const hooks = parsed.data.repos.flatMap(({ repo, hooks: listed }, at) =>
    listed.flatMap((hook, index): ConfiguredHook[] => {
      const path = ["repos", at, "hooks", index];
      const read = settings.safeParse(hook);
      if (read.success) return [{ ...read.data, repo, line: lineOf(path) }];
      problems.push(...read.error.issues.map((issue) => shapeError(issue, path, { file, lineOf })));
      return [];
    }),
  );
  const { files, exclude, default_stages: defaultStages } = parsed.data;
  return problems.length > 0 ? fail(problems) : ok({ files, exclude, defaultStages, hooks });
}

interface Finder {
  readonly file: string;
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

function shapeError(
  { path, message }: { readonly path: readonly PropertyKey[]; readonly message: string },
  before: readonly (string | number)[],
  { file, lineOf }: Finder,
): Diagnostic {
  const all = [...before, ...path.filter((step) => typeof step !== "symbol")];
  return errorOf("SYM2056", `${all.join(".")}: ${message}`, {
    location: { file, line: lineOf(all) },
    hint: "pre-commit cannot read it either: `pre-commit validate-config` says the same",
  });
}

function syntaxError(message: string, file: string, { line, col }: { line: number; col: number }): Diagnostic {
  return errorOf("SYM2056", message.split("\n")[0] ?? "", {
    location: { file, line, column: col },
    hint: "correct the YAML at this place",
  });
}
