/** Whether a text matches a pattern of Python's `fnmatch`: `*` and `?` also stand for `/`. */
export function matchesName(text: string, pattern: string): boolean {
  return expression(pattern, { any: ".*", one: "." }).test(text);
}

/** Whether a path is what this glob of pytest's `testpaths` names, or lies below it. */
export function isBelow(path: string, glob: string): boolean {
  const clean = cleaned(glob);
  if (clean === "" || clean === ".") return true;
  const source = clean
    .split("/")
    .map((segment) => (segment === "**" ? "(?:[^/]+/)*" : `${sourceOf(segment, { any: "[^/]*", one: "[^/]" })}/`));
  return new RegExp(`^${source.join("")}`, "su").test(`${path}/`);
}

/** Whether everything that such a glob names lies in this folder, or in others that it matches just so. */
export function leadsInto(glob: string, folder: string): boolean {
  const segments = cleaned(glob).split("/");
  const depth = folder.split("/").length;
  if (segments[0] === "" || segments[0] === ".") return false;
  return segments.length >= depth && isBelow(folder, segments.slice(0, depth).join("/"));
}

/** With slashes only, and none at the ends. */
function cleaned(glob: string): string {
  return glob
    .replace(/\\/g, "/")
    .replace(/^(\.\/)+/, "")
    .replace(/\/+$/, "");
}

interface Wildcards {
  readonly any: string;
  readonly one: string;
}

const compiled = new Map<string, RegExp>();

function expression(pattern: string, wildcards: Wildcards): RegExp {
  const key = `${wildcards.any}\0${pattern}`;
  const known = compiled.get(key) ?? new RegExp(`^${sourceOf(pattern, wildcards)}$`, "su");
  compiled.set(key, known);
  return known;
}

function sourceOf(pattern: string, wildcards: Wildcards): string {
  return pattern.replace(/\[!?\]?[^\]]*\]|[\s\S]/gu, (part) => {
    if (part === "*") return wildcards.any;
    if (part === "?") return wildcards.one;
    return part.length > 1 && part.startsWith("[") ? classOf(part) : literal(part);
  });
}

function classOf(part: string): string {
  const isNegative = part.startsWith("[!");
  const members = part.slice(isNegative ? 2 : 1, -1).replace(/[\\\]^[]/g, "\\$&");
  const source = `[${isNegative ? "^" : ""}${members}]`;
  return isExpression(source) ? source : literal(part);
}

function isExpression(source: string): boolean {
  try {
    return new RegExp(source, "u").source !== "";
  } catch {
    return false;
  }
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
