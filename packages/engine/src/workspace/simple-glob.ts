import { isInside } from "../core/path.ts";

/** Whether a glob means a path. */
type Meaning = (path: string) => boolean;

/** Names of characters that mean nothing in a glob. */
const PLAIN = /^[\w .-]+(?:\/[\w .-]+)*$/;
/** Folders that are no names. */
const RELATIVE = /(?:^|\/)\.{1,2}(?:\/|$)/;

/** One choice between names. */
const ALTERNATIVES = /^([^{}]*)\{([^{}]*)\}([^{}]*)$/;

// What a glob of a common form means, without a regular expression: a path, `**`, `**/name`, `**/*.ending`, `folder/**`,
// `**/folder/**`, and such a one with a choice between names in braces. Undefined for every other form: those are left to
// the library. All files of a repository are asked, by several plugins.
export function simpleGlob(glob: string): Meaning | undefined {
  const [, before = "", choice, after = ""] = ALTERNATIVES.exec(glob) ?? [];
  if (choice === undefined) return formOf(glob);
  const names = choice.split(",");
  // Two dots make a range of it.
  if (names.length < 2 || choice.includes("..") || !names.every(isPlain)) return undefined;
  const each = names.map((name) => formOf(before + name + after));
  return each.every((form) => form !== undefined) ? (path) => each.some((form) => form(path)) : undefined;
}

function formOf(glob: string): Meaning | undefined {
  if (glob === "**" || glob === "**/*") return (path) => path !== "";
  if (isPlain(glob)) return (path) => path === glob;
  if (glob.startsWith("**/*")) {
    const ending = glob.slice(4);
    return isPlain(ending) && !ending.includes("/") ? (path) => path.endsWith(ending) : undefined;
  }
  if (glob.startsWith("**/")) {
    const name = glob.slice(3);
    if (name.endsWith("/**")) return isPlain(name.slice(0, -3)) ? within(name.slice(0, -3)) : undefined;
    return isPlain(name) ? (path) => path.endsWith(name) && isWhole(path, name) : undefined;
  }
  if (!glob.endsWith("/**")) return undefined;
  const folder = glob.slice(0, -3);
  return isPlain(folder) ? (path) => isInside(folder, path) : undefined;
}

function within(folder: string): Meaning {
  const inside = `/${folder}/`;
  return (path) => path.includes(folder) && `/${path}/`.includes(inside);
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !RELATIVE.test(text);
}

/** Whether what a path ends with begins with its name, not within it. */
function isWhole(path: string, name: string): boolean {
  return path.length === name.length || path.charAt(path.length - name.length - 1) === "/";
}
