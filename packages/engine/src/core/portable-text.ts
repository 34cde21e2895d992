import { sep } from "node:path";

/** What stands for the repository's root in everything that is kept or parsed. */
const TOKEN = "{root}";

/**
 * Absolute places in the repository become `{root}/…`, so that what is parsed or kept is the same in every checkout. A
 * longer path that only ends like the root (`/usr/lib/src/` where that is `/src`) is another place and stays.
 */
export function portableText(root: string): (text: string) => string {
  const native = root.endsWith(sep) ? root : root + sep;
  // A root that is the file system's own begins every path, so nothing can be told by it.
  if (native === "/") return (text) => text;
  if (sep === "/") {
    const pattern = new RegExp(
      String.raw`(?<![\w.~+-]|[^/:]\/)${native.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`,
      "g",
    );
    return (text) => (text.includes(native) ? text.replace(pattern, () => `${TOKEN}/`) : text);
  }
  const escaped = native.replaceAll("\\", "\\\\");
  const forward = native.replaceAll("\\", "/");
  return (text) => [escaped, native, forward].reduce((all, form) => all.replaceAll(form, `${TOKEN}/`), text);
}

/** A kept text for people: places are told from the repository's root, or with `root` as they are on this machine. */
export function placedText(text: string, root?: string): string {
  const folder = root === undefined ? "" : root.endsWith(sep) ? root : root + sep;
  return text.includes(`${TOKEN}/`) ? text.replaceAll(`${TOKEN}/`, () => folder) : text;
}

/**
 * The value of a variable with `{root}` for the repository's root where it is a whole path or begins one: alone, in a list,
 * or behind `=`. The root alone counts too, and on Windows with either slash and in any case.
 */
export function portableValue(root: string, platform: NodeJS.Platform): (value: string) => string {
  const isWindows = platform === "win32";
  const trimmed = root.replace(/[\\/]+$/, "");
  // A root that is the file system's own begins every path, so nothing can be told by it.
  if (trimmed === "") return (value) => value;
  const source = trimmed.replace(/[.*+?^${}()|[\]\\/]/g, (found) =>
    isWindows && /[\\/]/.test(found) ? String.raw`[\\/]` : `\\${found}`,
  );
  const pattern = new RegExp(String.raw`(?<=^|[:;,=\s"'])${source}(?=$|[\\/:;,\s"'])`, isWindows ? "gi" : "g");
  return (value) => value.replace(pattern, TOKEN);
}
