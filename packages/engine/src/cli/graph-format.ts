import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { graphJson } from "../report/graph/graph-json.ts";
import { graphText } from "../report/graph/graph-text.ts";
import type { GraphView } from "../report/graph/graph-view.ts";
import type { Parsed } from "../plugin/command.ts";

/** How a graph can be given out. */
export const FORMATS = ["text", "json", "dot", "mermaid", "html"] as const;

export type GraphFormat = (typeof FORMATS)[number];

/** The format that the flags ask for; `--json` is `--format json`. */
export function formatOf({ flags, values }: Pick<Parsed, "flags" | "values">): Result<GraphFormat, Diagnostic> {
  const named = FORMATS.find((format) => format === values.get("format"));
  if (!flags.has("json")) return ok(named ?? "text");
  if (named === undefined || named === "json") return ok("json");
  return fail(
    errorOf("SYM2041", `--json asks for JSON and --format for ${named}`, { hint: "leave one of the two out" }),
  );
}

/** The graph in a format; the code of those that are seldom asked for is loaded then. */
export async function drawGraph(view: GraphView, format: GraphFormat): Promise<string> {
  switch (format) {
    case "text":
      return graphText(view);
    case "json":
      return JSON.stringify(graphJson(view), undefined, 2);
    case "dot":
      return (await import("../report/graph/graph-dot.ts")).graphDot(view);
    case "mermaid":
      return (await import("../report/graph/graph-mermaid.ts")).graphMermaid(view);
    case "html":
      return (await import("../report/graph/graph-html.ts")).graphHtml(view);
  }
}
