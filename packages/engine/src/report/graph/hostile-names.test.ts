import fc from "fast-check";
import { expect, test } from "vitest";
import { anyView, HOSTILE, viewOf } from "../../../test/report/graph-views.ts";
import { oneLine } from "../sanitise.ts";
import { inside } from "./edges.ts";
import { graphDot } from "./graph-dot.ts";
import { graphHtml } from "./graph-html.ts";
import { graphMermaid } from "./graph-mermaid.ts";
import type { GraphView } from "./graph-view.ts";
import { pageData } from "./page-data.ts";

const edgesIn = ({ nodes }: GraphView): number => {
  const known = new Set(nodes.map(({ id }) => id));
  return nodes.reduce((sum, node) => sum + inside(node, known).length, 0);
};
const gateEdgesIn = ({ gates }: GraphView): number => gates.reduce((sum, { tasks }) => sum + tasks.length, 0);
const labelsOf = ({ nodes }: GraphView): string[] =>
  nodes.map(({ atom, project, expectedMs }) =>
    [oneLine(atom?.title ?? ""), oneLine(project), `${String(expectedMs)}ms`].join("\n"),
  );

/** What Graphviz reads of a quoted label: the text ends at the first bare quote, `\\n` breaks the line, entities are resolved. */
const QUOTED = /"((?:[^"\\]|\\.)*)"/.source;
const fromDot = (text: string): string =>
  text
    .replace(/\\(.)/g, (_, character: string) => (character === "n" ? "\n" : character))
    .replace(/&(\w+);/g, (whole, entity: string) => (entity === "amp" ? "&" : `resolved ${whole}`));

test("in dot every line is a whole statement and every label says the name", () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const lines = graphDot(view).split("\n");
      const nodes = lines.flatMap(
        (line) => new RegExp(`^ {4}${QUOTED} \\[label=${QUOTED}(?:, penwidth=2)?\\];$`).exec(line)?.[2] ?? [],
      );
      const edges = lines.filter((line) =>
        new RegExp(`^ {2}${QUOTED} -> ${QUOTED}(?: \\[penwidth=2\\])?;$`).test(line),
      );
      const toGates = lines.filter((line) =>
        new RegExp(`^ {2}${QUOTED} -> "gate lint_clean" \\[style=dashed\\];$`).test(line),
      );
      expect(nodes.map(fromDot)).toEqual(labelsOf(view));
      expect(edges).toHaveLength(edgesIn(view));
      expect(toGates).toHaveLength(gateEdgesIn(view));
      const levels = new Set(view.nodes.map(({ level }) => level)).size;
      expect(lines).toHaveLength(5 + nodes.length + edges.length + toGates.length + 3 * levels);
    }),
  );
});

const fromMermaid = (text: string): string =>
  text
    .split("<br/>")
    .map((line) => line.replace(/#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))))
    .join("\n")
    .replaceAll("\\\u200b", "\\");

test("in Mermaid every line is a whole statement and every label says the name", () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const lines = graphMermaid(view).split("\n");
      const nodes = lines.flatMap((line) => /^ {4}n\d+\["((?:[^"#<]|#\d+;|<br\/>)*)"\]$/.exec(line)?.[1] ?? []);
      const edges = lines.filter((line) => /^ {2}n\d+ (?:-->|==>) n\d+$/.test(line));
      const toGates = lines.filter((line) => /^ {2}n\d+ -\.-> g0$/.test(line));
      expect(nodes.map(fromMermaid)).toEqual(labelsOf(view));
      expect(edges).toHaveLength(edgesIn(view));
      expect(toGates).toHaveLength(gateEdgesIn(view));
      const levels = new Set(view.nodes.map(({ level }) => level)).size;
      expect(lines).toHaveLength(2 + nodes.length + edges.length + toGates.length + 2 * levels);
    }),
  );
});

test("a page has its own elements and no other, and its data are whole", () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const page = graphHtml(view);
      const [, before = "", data = "", after = ""] =
        /^(.*<script id="graph-data" type="application\/json">)(.*?)(<\/script>.*)$/s.exec(page) ?? [];
      expect(JSON.parse(data)).toEqual(JSON.parse(JSON.stringify(pageData(view))));
      expect(`${before}${after}`.match(/<\/?script/gi)).toEqual(["<script", "</script", "<script", "</script"]);
      expect(data).not.toContain("<");
      const title = /<title>(.*?)<\/title>/s.exec(before)?.[1] ?? "<";
      expect(title).not.toMatch(/[<>"]|&(?!#\d+;)/);
    }),
    { numRuns: 50 },
  );
});

test("a page asks for nothing from elsewhere and lets only its own script run", () => {
  const page = graphHtml(viewOf(HOSTILE.map((name) => ({ project: name, atom: name }))));
  expect(page.match(/(?:src|href)="[^"]*"/g)).toEqual(['href="data:,"']);
  expect(page).not.toMatch(/\bhttps?:\/\//);
  expect(page).toMatch(
    /content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-[\w+/]+='"/,
  );
  expect(page).not.toMatch(/\{\{(?:policy|title|style|script)\}\}/);
});
