import { posix } from "node:path";
import { joinRepo, type RepoPath } from "@symbiotic-build/engine";

/**
 * Whether a pattern of a ruff setting that lies in `folder` names this path. As in ruff, a pattern is tried on the last
 * segment and on the whole path, and a star also stands for slashes. A pattern that cannot be read names nothing.
 */
export function matchesPattern(pattern: string, folder: RepoPath, path: RepoPath): boolean {
  const whole = posix.normalize(joinRepo(folder, pattern)).replace(/\/$/, "");
  return expressionOf(pattern).test(posix.basename(path)) || expressionOf(whole).test(path);
}

/** A pattern of ruff as an engine glob over a folder's files: a bare name is found at any depth. */
export function toEngineGlob(pattern: string): string {
  const bare = pattern.replace(/^\.\//, "");
  return bare.includes("/") ? bare : `**/${bare}`;
}

const TOKEN = /\*\*\/|\*+|\?|\[!?\]?[^\]]*\]|[{},]|\\.|[^]/g;

/** The same few patterns are asked of every file. */
const known = new Map<string, RegExp>();

function expressionOf(glob: string): RegExp {
  const expression = known.get(glob) ?? compile(glob);
  known.set(glob, expression);
  return expression;
}

function compile(glob: string): RegExp {
  let depth = 0;
  const source = (glob.match(TOKEN) ?? []).map((token) => {
    if (token === "{") depth += 1;
    if (token === "}") depth -= 1;
    return translate(token, depth > 0);
  });
  try {
    return new RegExp(`^${source.join("")}$`, "su");
  } catch {
    return /^(?!)/;
  }
}

function translate(token: string, inBraces: boolean): string {
  if (token === "**/") return "(?:.*/)?";
  if (token.startsWith("*")) return ".*";
  if (token === "?") return ".";
  if (token === "{") return "(?:";
  if (token === "}") return ")";
  if (token === ",") return inBraces ? "|" : ",";
  if (token.length > 2 && token.startsWith("[")) return characterClass(token.slice(1, -1));
  return literal(token.length === 2 ? token.slice(1) : token);
}

function characterClass(inside: string): string {
  const negated = inside.startsWith("!");
  const members = (negated ? inside.slice(1) : inside).replace(/[\\\][^&~]/g, "\\$&");
  return `[${negated ? "^" : ""}${members}]`;
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
