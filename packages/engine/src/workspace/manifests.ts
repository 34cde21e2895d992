import { parentOf, type RepoPath } from "../core/path.ts";
import type { SourceText } from "../plugin/project.ts";
import { matcher } from "./match.ts";
import type { SourceTexts } from "./source-texts.ts";

/** Where manifests are looked for. */
export interface ManifestInput {
  readonly files: readonly RepoPath[];
  readonly texts: SourceTexts;
  /** Globs of folders whose manifests are not projects. */
  readonly exclude: readonly string[];
}

/** The files that a plugin's discovery names, with their texts, in order of path. */
export function manifestsOf(globs: readonly string[], { files, texts, exclude }: ManifestInput): SourceText[] {
  const [wanted, excluded] = [matcher(globs), matcher(exclude)];
  return files
    .filter((path) => wanted(path) && !excluded(parentOf(path)))
    .map((path) => texts.source(path) ?? { path, text: "" });
}
