import { tableAt, textsAt } from "@symbiotic-build/validator";
import { posix } from "node:path";
import { exclusions } from "../settings/excluded.ts";
import { matchesPattern } from "../settings/glob.ts";
import type { EmbeddedRequest } from "./request.ts";

/** The files that ruff would look at, and those that it would but the embedded one cannot. */
export function selectFiles(
  request: EmbeddedRequest,
  section: "lint" | "format",
): { readonly files: string[]; readonly notChecked: string[] } {
  const wanted = request.files.filter((file) => isIncluded(file, request) && !isExcluded(file, request, section));
  return {
    files: wanted.filter((file) => file.endsWith(".py")),
    notChecked: wanted.filter((file) => !file.endsWith(".py")),
  };
}

function isIncluded(file: string, { options, folder }: EmbeddedRequest): boolean {
  const include = "include" in options ? textsAt(options, "include") : ["*.py", "*.pyi", "*.ipynb"];
  return [...include, ...textsAt(options, "extend-include")].some((pattern) => matchesPattern(pattern, folder, file));
}

function isExcluded(file: string, { options, folder }: EmbeddedRequest, section: "lint" | "format"): boolean {
  const own = textsAt(tableAt(options, section), "exclude");
  const patterns = exclusions({ settings: options });
  const isNamed = (path: string, among: readonly string[]): boolean =>
    among.some((pattern) => matchesPattern(pattern, folder, path));
  return isNamed(file, own) || below(folder, file).some((path) => isNamed(path, patterns));
}

/** The file and the folders between it and `folder`. */
function below(folder: string, file: string): string[] {
  const paths = [file];
  for (let at = posix.dirname(file); at !== "." && at !== folder; at = posix.dirname(at)) paths.push(at);
  return paths;
}
