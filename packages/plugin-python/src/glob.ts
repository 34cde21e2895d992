/** Tells whether a path matches one of the globs: `*`, `?`, `[a-z]`, `{a,b}` inside a segment, `**` for any number of segments. */
export function matcherOf(globs: readonly string[]): (path: string) => boolean {
  const expressions = globs.map(expressionOf);
  return (path) => expressions.some((expression) => expression.test(path));
}

function expressionOf(glob: string): RegExp {
  const segments = glob.replace(/^\.\//, "").replace(/\/+$/, "").split("/");
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
