import { createRequire } from "node:module";
import { errorOf, fail, ok, type Diagnostic, type Result, type SourceText } from "@symbiotic-build/engine";
import type * as Yaml from "yaml";
import { plainList } from "./yaml-lines.ts";

const known = new WeakMap<SourceText, Result<readonly string[], Diagnostic>>();

/** The globs under `packages` in a `pnpm-workspace.yaml`, none where it only has settings; a mistake in it is SYM7202 with its place. */
export function pnpmPackages(file: SourceText): Result<readonly string[], Diagnostic> {
  const read = known.get(file) ?? parse(file);
  known.set(file, read);
  return read;
}

function parse(file: SourceText): Result<readonly string[], Diagnostic> {
  const plain = plainList(file.text, "packages");
  if (plain !== undefined) return ok(plain);
  // Loading the parser takes longer than all else here, and nearly every such file is written in the plain way.
  const yaml = createRequire(import.meta.url)("yaml") as typeof Yaml;
  const lineCounter = new yaml.LineCounter();
  const document = yaml.parseDocument(file.text, { lineCounter, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) return fail(brokenYaml(file, error.message, lineCounter.linePos(error.pos[0])));
  const value: unknown = document.toJS();
  const packages: unknown = typeof value === "object" && value !== null && "packages" in value ? value.packages : [];
  return ok(Array.isArray(packages) ? packages.filter((item) => typeof item === "string") : []);
}

function brokenYaml(
  { path, text }: SourceText,
  why: string,
  { line, col }: { readonly line: number; readonly col: number },
): Diagnostic {
  const excerpt = text.split(/\r?\n/)[line - 1];
  return errorOf("SYM7202", `${path} is not valid YAML: ${why.split("\n")[0] ?? ""}`, {
    location: { file: path, line, column: col },
    ...(excerpt === undefined ? {} : { excerpt }),
    hint: "correct the file: it says which folders are packages",
  });
}
