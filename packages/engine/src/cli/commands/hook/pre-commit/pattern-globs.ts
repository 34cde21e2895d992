/**
 * The globs that mean the files which a regular expression finds in their paths, where globs can say it: paths that are
 * written out, `[^/]*` in a name, `/.*` between folders, alternatives. Undefined for any other expression, so that nothing
 * is left out by a guess.
 */
export function patternGlobs(source: string): readonly string[] | undefined {
  const isLoose = source.trimStart().startsWith("(?x)");
  const pattern = isLoose
    ? source
        .replace("(?x)", "")
        .replace(/\s+#.*$/gm, "")
        .replace(/\s+/g, "")
    : source;
  if (pattern === "") return ["**"];
  if (pattern === "^$") return [];
  const branches = expanded(pattern);
  const globs = branches?.map(branchGlobs);
  return globs === undefined || globs.includes(undefined)
    ? undefined
    : [...new Set(globs.flatMap((each) => each ?? []))];
}

const MOST = 200;

/** The pattern without groups: each way through its alternatives written out. */
function expanded(pattern: string): readonly string[] | undefined {
  const alternatives = splitTop(pattern);
  if (alternatives === undefined) return undefined;
  if (alternatives.length > 1) return collect(alternatives.map(expanded));
  const group = firstGroup(pattern);
  if (group === "unclosed") return undefined;
  if (group === undefined) return [pattern];
  const { before, inner, after } = group;
  // A group that is optional or repeated, or that looks around.
  if (/^[?*+{]/.test(after) || /^\?(?!:)/.test(inner)) return undefined;
  const middle = expanded(inner.replace(/^\?:/, ""));
  return middle === undefined ? undefined : collect(middle.map((each) => expanded(before + each + after)));
}

function collect(parts: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const all = parts.flatMap((part) => part ?? []);
  return parts.includes(undefined) || all.length > MOST ? undefined : all;
}

/** The alternatives that stand outside all groups. */
function splitTop(pattern: string): readonly string[] | undefined {
  const parts = [""];
  let depth = 0;
  for (const [token] of pattern.matchAll(TOKEN)) {
    if (token === "(") depth += 1;
    if (token === ")") depth -= 1;
    if (token === "|" && depth === 0) parts.push("");
    else parts.push((parts.pop() ?? "") + token);
  }
  return depth === 0 ? parts : undefined;
}

const TOKEN = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]])*\]|[\s\S]/g;

function firstGroup(
  pattern: string,
): { readonly before: string; readonly inner: string; readonly after: string } | "unclosed" | undefined {
  let depth = 0;
  let start = -1;
  for (const { 0: token, index } of pattern.matchAll(TOKEN)) {
    if (token === "(" && depth++ === 0) start = index;
    if (token === ")" && --depth === 0)
      return {
        before: pattern.slice(0, start),
        inner: pattern.slice(start + 1, index),
        after: pattern.slice(index + 1),
      };
  }
  return start < 0 ? undefined : "unclosed";
}

/** What one branch without groups means. */
function branchGlobs(branch: string): readonly string[] | undefined {
  const {
    start = "",
    middle = "",
    end = "",
  } = /^(?<start>\^?)(?<middle>[\s\S]*?)(?<end>(?<!\\)\$?)$/.exec(branch)?.groups ?? {};
  const body = globOf(start === "^" ? middle.replace(/^\.\*(?=\\\.|[\w-])/, ANY_NAME) : middle);
  if (body === undefined) return undefined;
  // Found anywhere: what stands before it is the beginning of a name, or nothing.
  const whole = start === "^" || body.startsWith("**") ? body : `**/*${body.replace(/^\*/, "")}`;
  if (whole === "**") return [whole];
  if (whole.endsWith("/**")) return [`${whole}/*`];
  if (end === "$") return [whole];
  const open = whole.endsWith("*") ? whole : `${whole}*`;
  return whole.endsWith("/") ? [`${whole}**/*`] : [open, `${open}/**/*`];
}

const ANY_NAME = "\u0000";

/** A branch as a glob, with the parts that are no letters translated; undefined where one cannot be. */
function globOf(text: string): string | undefined {
  let glob = "";
  for (let rest = text; rest !== ""; ) {
    const [taken, meaning] = stepAt(rest, glob);
    // Two wildcards side by side would be read as another one.
    if (taken === 0 || (glob.endsWith("*") && meaning.startsWith("*"))) return undefined;
    glob += meaning;
    rest = rest.slice(taken);
  }
  return glob.includes("//") ? undefined : glob;
}

function stepAt(rest: string, before: string): readonly [taken: number, meaning: string] {
  if (rest.startsWith(ANY_NAME)) return [1, "**/*"];
  const isFolderStart = before === "" || before.endsWith("/");
  const any = /^\.[*+]/.exec(rest);
  // Whatever lies below a folder; what follows is the end of a name.
  if (any !== null && isFolderStart) {
    const after = rest.slice(2);
    return [2, after === "" ? "**" : after.startsWith("/") ? "*/**" : "**/*"];
  }
  const name = /^\[\^\/\][*+]/.exec(rest);
  if (name !== null) return [name[0].length, "*"];
  const escaped = /^\\([.\-_/ +@~])/.exec(rest);
  if (escaped !== null) return isRepeated(rest.slice(2)) ? [0, ""] : [2, escaped[1] ?? ""];
  const plain = /^[\w\-/ @~,=%:]/.exec(rest);
  return plain === null || isRepeated(rest.slice(1)) ? [0, ""] : [1, plain[0]];
}

function isRepeated(after: string): boolean {
  return /^[*+?{]/.test(after);
}
