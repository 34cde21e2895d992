import { lstatSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { foldersOf, type RepoPath } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { AlteredPart } from "../gate/kept/quality-settings.ts";
import { copyAgain } from "../staged/copy-work-tree.ts";
import type { Roots } from "../staged/node-modules.ts";
import { joinSettings } from "./settings/join-settings.ts";

/**
 * Makes parts of settings in one tree (`to`) what they are in another (`from`): a whole file is copied, or removed where there
 * is none; of a file that says more only the parts are. An error where a file cannot be joined. Throws what the file system throws.
 */
export function putBack(parts: readonly AlteredPart[], roots: Roots): Result<undefined, Diagnostic> {
  const files = Map.groupBy(parts, ({ path }) => path);
  for (const [path, altered] of files) {
    const isWhole = altered.some(({ part }) => part === "");
    if (!isReached(path, roots.to) || !(isWhole || joinFile(path, altered, roots)))
      return fail(unjoined(path, altered));
    if (isWhole) copyAgain(path, roots);
  }
  return ok(undefined);
}

/** Behind a link lies a folder that others use, such as an installed package. */
function isReached(path: RepoPath, root: string): boolean {
  return foldersOf(path).every(
    (folder) => lstatSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory() !== false,
  );
}

function joinFile(path: RepoPath, parts: readonly AlteredPart[], { from, to }: Roots): boolean {
  const [head, base] = [textOf(join(to, path)), textOf(join(from, path))];
  if (head === undefined || base === "unreadable" || head === "unreadable") return false;
  const empty = path.endsWith(".json") ? "{}" : "";
  const text = joinSettings(
    path,
    { head: head.text, base: base?.text ?? empty },
    parts.map(({ part }) => part),
  );
  if (text === undefined) return false;
  rmSync(join(to, path));
  writeFileSync(join(to, path), text);
  return true;
}

/** Undefined where there is nothing; a link, and what is no UTF-8, has no text of its own. */
function textOf(place: string): { readonly text: string } | "unreadable" | undefined {
  const stat = lstatSync(place, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (!stat.isFile()) return "unreadable";
  const bytes = readFileSync(place);
  const text = bytes.toString("utf8");
  return Buffer.from(text).equals(bytes) ? { text } : "unreadable";
}

function unjoined(path: RepoPath, parts: readonly AlteredPart[]): Diagnostic {
  const named = parts.map(({ part }) => (part === "" ? path : `${part} of ${path}`)).join(", ");
  return errorOf("SYM7572", `${named} cannot be put back to what the base says`, {
    location: { file: path },
    hint: "write each tool's settings in sections of its own, in a file that is there before and after the change",
  });
}
