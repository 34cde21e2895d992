import type { KeyPath } from "./locate.ts";
import { Settings } from "./schema.ts";

/** An issue as zod gives it, as far as it is told on. */
export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string | undefined;
  readonly keys?: readonly string[];
  /** Of `invalid_union`: what each of the forms has against the value. */
  readonly errors?: readonly (readonly Issue[])[];
  /** Of `invalid_key`: what is wrong with the key, which is the last of the path. */
  readonly issues?: readonly Issue[];
}

/** The issues that a person can use: of a value with several forms, those of the form that was most likely meant. */
export function plainIssues(issue: Issue): readonly Issue[] {
  if (issue.code === "invalid_key") {
    const [own] = issue.issues ?? [];
    return [{ path: issue.path, message: own?.message ?? issue.message, code: "invalid_key" }];
  }
  if (issue.code !== "invalid_union" || issue.errors === undefined) return [issue];
  const forms = issue.errors.map((form) => form.flatMap(plainIssues));
  const meant = forms.find((form) => !form.some(({ path, code }) => path.length === 0 && isOtherForm(code)));
  if (meant !== undefined) return meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
  const wanted = forms.flatMap((form) =>
    form.flatMap(({ path, message }) => (path.length === 0 ? [expected(message)] : [])),
  );
  return [
    {
      path: issue.path,
      message: wanted.length === 0 ? issue.message : `expected ${[...new Set(wanted)].join(" or ")}`,
    },
  ];
}

function isOtherForm(code: string | undefined): boolean {
  return code === "invalid_type" || code === "invalid_value";
}

function expected(message: string): string {
  return message.replace(/^.*expected /, "").replace(/, received .*$/, "");
}

/** The names that may stand where a path of the configuration leads; none where any may. */
export function knownKeys(path: KeyPath): string[] {
  const schema = path.reduce<unknown>((at, key) => {
    const { shape, def } = withShape(at);
    return shape?.[String(key)] ?? def?.valueType ?? def?.element;
  }, Settings);
  const names = Object.keys(withShape(schema).shape ?? {}).filter((name) => name !== "$schema");
  return path.length === 0 ? ["plugins", ...names] : names;
}

interface SchemaParts {
  readonly shape?: Record<string, unknown>;
  readonly def?: {
    readonly innerType?: unknown;
    readonly valueType?: unknown;
    readonly element?: unknown;
    readonly options?: readonly unknown[];
  };
}

/** What is inside `optional` and its like; of several forms the one with members. */
function withShape(schema: unknown): SchemaParts {
  const parts = (schema ?? {}) as SchemaParts;
  if (parts.shape !== undefined) return parts;
  if (parts.def?.innerType !== undefined) return withShape(parts.def.innerType);
  const forms = (parts.def?.options ?? []).map(withShape);
  return forms.find(({ shape }) => shape !== undefined) ?? parts;
}
