import {
  ancestors,
  fail,
  ok,
  type Diagnostic,
  type RepoPath,
  type Result,
  type SourceText,
} from "@symbiotic-build/engine";
import { matcherOf } from "../glob.ts";
import { baseName } from "../paths.ts";
import type { Manifest } from "./manifest.ts";
import { readPipfile } from "./pipfile.ts";
import { readPyproject } from "./pyproject.ts";
import { readRequirementsTxt } from "./requirements-txt.ts";
import { readSetupCfg } from "./setup-cfg.ts";
import { readSetupPy } from "./setup-py.ts";

/** The files that discovery reads. */
export const MANIFEST_GLOBS: readonly string[] = [
  "**/pyproject.toml",
  "**/setup.cfg",
  "**/setup.py",
  "**/Pipfile",
  "**/*requirements*.{txt,in}",
  "**/requirements/*.{txt,in}",
];

/** Folders of installed packages and of tools: what is in them is never a project of the repository. */
const INSTALLED =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|__pypackages__|\.venv|venv|\.tox|\.nox|\.eggs|\.git)\//;

/** Folders of templates, named by what they are filled with: `{{ cookiecutter.slug }}`. */
const TEMPLATE = /\{\{|\{%/;

/** Whether files here say something of the repository's own projects. */
export function isOwn(path: RepoPath): boolean {
  return !INSTALLED.test(path) && !TEMPLATE.test(path);
}

/** Reads all manifests outside the excluded folders. All mistakes are reported, not only the first. */
export function readManifests(
  files: readonly SourceText[],
  exclude: readonly string[],
): Result<readonly Manifest[], readonly Diagnostic[]> {
  const isExcluded = matcherOf(exclude);
  const own = files.filter(({ path }) => isOwn(path) && !ancestors(path).some(isExcluded));
  const read = own.map(readManifest);
  const errors = read.flatMap((result) => (result.ok ? [] : [result.error]));
  return errors.length > 0 ? fail(errors) : ok(read.flatMap((result) => (result.ok ? [result.value] : [])));
}

const known = new WeakMap<SourceText, Result<Manifest, Diagnostic>>();

/** The same file is asked for again when projects are compared with those of another commit. */
function readManifest(file: SourceText): Result<Manifest, Diagnostic> {
  const read = known.get(file) ?? parseManifest(file);
  known.set(file, read);
  return read;
}

function parseManifest(file: SourceText): Result<Manifest, Diagnostic> {
  switch (baseName(file.path)) {
    case "pyproject.toml":
      return readPyproject(file);
    case "Pipfile":
      return readPipfile(file);
    case "setup.cfg":
      return ok(readSetupCfg(file));
    case "setup.py":
      return ok(readSetupPy(file));
    default:
      return ok(readRequirementsTxt(file));
  }
}

/** Whether a manifest is a file of requirements for pip. */
export function isRequirementsFile(path: RepoPath): boolean {
  return /\.(?:txt|in)$/.test(path);
}
