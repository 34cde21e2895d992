/** The source of a regular expression for a glob: a star within a name, two over folders, a question mark, and braces. */
export function globPattern(glob: string): string {
  let depth = 0;
  const source = glob.replace(/\/+$/, "/**").replaceAll(TOKENS, (token) => {
    if (token === "{") depth += 1;
    // A comma of a name.
    if (token === "," && depth === 0) return token;
    if (token === "}" && depth > 0) depth -= 1;
    return MEANINGS[token] ?? `\\${token}`;
  });
  return `^${source}$`;
}

const TOKENS = /\*\*\/|\/\*\*$|\*\*|\*|\?|[{},]|[.+^$()|[\]\\]/g;

const MEANINGS: Readonly<Record<string, string>> = {
  "**/": "(?:.*/)?",
  "/**": "(?:/.*)?",
  "**": ".*",
  "*": "[^/]*",
  "?": "[^/]",
  "{": "(?:",
  "}": ")",
  ",": "|",
};
