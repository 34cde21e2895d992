/** Tells whether a path matches one of the globs: `*`, `?`, `[a-z]`, `{a,b}` inside a segment, `**` for any number of segments. */
export function matcherOf(globs: readonly string[]): (path: string) => boolean {
  // A workspace may list its members one by one: those are looked up, not tried one after the other.
  const plain = new Set(globs.filter((glob) => !SPECIAL.test(glob)).map(tidy));
  const expressions = globs.filter((glob) => SPECIAL.test(glob)).map(expressionOf);
  return (path) => plain.has(path) || expressions.some((expression) => expression.test(path));
}

const SPECIAL = /[*?[{]/;

function tidy(glob: string): string {
  return glob.replace(/^\.\//, "").replace(/\/+$/, "");
}

function expressionOf(glob: string): RegExp {
  const segments = tidy(glob).split("/");
  let source = "";
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === "**") source += isLast ? ".*" : "(?:[^/]+/)*";
    else source += segmentSource(segment) + (isLast ? "" : "/");
  }
  return new RegExp(`^${source}$`, "su");
}

function segmentSource(segment: string): string {
  return segment.replace(/\[!?[^\]]+\]|\{[^{}]*\}|\*+|\?|[\s\S]/gu, (part) => {
    if (part.startsWith("*")) return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.length > 2 && part.startsWith("[")) return classSource(part);
    if (part.length > 1 && part.startsWith("{"))
      return `(?:${part.slice(1, -1).split(",").map(segmentSource).join("|")})`;
    return literal(part);
  });
}

function classSource(part: string): string {
  const isNegative = part.startsWith("[!");
  const members = part.slice(isNegative ? 2 : 1, -1).replace(/[\\\]^&~|[\]]/g, "\\$&");
  try {
    const source = `[${isNegative ? "^" : ""}${members}]`;
    new RegExp(source, "u");
    return source;
  } catch {
    return [...part].map(literal).join("");
  }
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
