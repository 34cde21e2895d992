import { ok, type Diagnostic, type Result, type SourceText } from "@symbiotic-build/engine";
import { emptyManifest, type Manifest } from "./manifest.ts";
import { namedRequirements } from "./pyproject-requirements.ts";
import { parseToml, tablesIn } from "./toml.ts";

/** Tables of a Pipfile that are not lists of packages. */
const SETTINGS = new Set(["source", "requires", "pipenv", "scripts"]);

/** Reads a `Pipfile`. It has no name for its project. */
export function readPipfile(file: SourceText): Result<Manifest, Diagnostic> {
  const parsed = parseToml(file);
  if (!parsed.ok) return parsed;
  const categories = Object.entries(parsed.value).filter(([name]) => !SETTINGS.has(name));
  return ok({
    ...emptyManifest(file.path),
    declares: true,
    managers: ["pipenv"],
    requirements: categories.flatMap(([, table]) => tablesIn(table)).flatMap(namedRequirements),
  });
}
