import { errorOf, type Diagnostic, type RepoPath } from "@symbiotic-build/engine";

/** Says where a text stops being JSON: SYM7201. To be called with a text that is none. */
export function brokenJson(path: RepoPath, text: string): Diagnostic {
  const at = brokenAt(text);
  const before = text.slice(0, at).split(/\r\n|\n|\r/);
  const line = before.length;
  const excerpt = text.split(/\r\n|\n|\r/)[line - 1];
  const found =
    at < text.length
      ? `\`${String.fromCodePoint(text.codePointAt(at) ?? 0)}\` is not expected here`
      : "it ends too early";
  return errorOf("SYM7201", `${path} is not valid JSON: ${found}`, {
    location: { file: path, line, column: (before.at(-1)?.length ?? 0) + 1 },
    ...(excerpt === undefined ? {} : { excerpt }),
    hint: "correct the file; if it is data and no package, name its folder in the node plugin's option `exclude`",
  });
}

/** What may stand where a value ends, besides white space. */
const TOKENS =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

/** The offset of the first token that cannot stand where it stands; the text's length where it ends too early. */
function brokenAt(text: string): number {
  const open: string[] = [];
  let expects: "value" | "value or ]" | "key" | "key or }" | ":" | "end" = "value";
  TOKENS.lastIndex = 0;
  for (;;) {
    const from = TOKENS.lastIndex;
    const match = TOKENS.exec(text);
    if (match === null) return from + (/^[ \t\r\n]*/.exec(text.slice(from))?.[0].length ?? 0);
    const [, mark, string] = match;
    const at = TOKENS.lastIndex - match[0].trimStart().length;
    const isValue = expects === "value" || expects === "value or ]";
    if (mark === "{" && isValue) {
      open.push(mark);
      expects = "key or }";
    } else if (mark === "[" && isValue) {
      open.push(mark);
      expects = "value or ]";
    } else if (mark === undefined && isValue) expects = "end";
    else if (string !== undefined && (expects === "key" || expects === "key or }")) expects = ":";
    else if (mark === ":" && expects === ":") expects = "value";
    else if (mark === "," && expects === "end" && open.length > 0) expects = open.at(-1) === "{" ? "key" : "value";
    else if (
      closes(mark, open.at(-1)) &&
      (expects === "end" || expects === `${open.at(-1) === "{" ? "key" : "value"} or ${mark ?? ""}`)
    ) {
      open.pop();
      expects = "end";
    } else return at;
  }
}

function closes(mark: string | undefined, open: string | undefined): boolean {
  return (mark === "}" && open === "{") || (mark === "]" && open === "[");
}
