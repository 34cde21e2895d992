import type { Node } from "@babel/types";
import type { Location } from "../core/diagnostic.ts";

/** A key or a value in a configuration file, named from the top: `["plugins", 0, "options", "select"]`. */
export type KeyPath = readonly (string | number)[];

/** Where something stands in a text, with the line itself. */
export interface Place {
  readonly location: Location;
  readonly excerpt: string;
}

/** Start and end of the node that a path leads to, as offsets. */
type Span = readonly [start: number, end: number];

/**
 * The place of a key in a configuration file; of the nearest key above it where it is not written there.
 * For errors only: the parsers are loaded when one is to be shown.
 */
export async function locate(file: string, text: string, path: KeyPath): Promise<Place | undefined> {
  const find = /\.(?:json|ya?ml)$/.test(file) ? await yamlFinder(text) : await moduleFinder(text);
  const inPackage = file.endsWith("package.json") ? ["symbiotic", ...path] : path;
  for (let length = inPackage.length; length > 0; length -= 1) {
    const span = find(inPackage.slice(0, length));
    if (span !== undefined) return placeOf(file, text, span);
  }
  return undefined;
}

/** The line and column of an offset, and the line. */
export function placeOf(file: string, text: string, [start, end]: Span): Place {
  const before = text.slice(0, start);
  const line = before.split("\n").length;
  const lineStart = before.lastIndexOf("\n") + 1;
  const lineEnd = text.indexOf("\n", start);
  const excerpt = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, "");
  const length = Math.max(1, Math.min(end, lineStart + excerpt.length) - start);
  return { location: { file, line, column: start - lineStart + 1, length }, excerpt };
}

async function yamlFinder(text: string): Promise<(path: KeyPath) => Span | undefined> {
  const { parseDocument, isMap, isScalar, isNode } = await import("yaml");
  const document = parseDocument(text);
  return (path) => {
    const parent = document.getIn(path.slice(0, -1), true);
    const last = path.at(-1);
    const key = isMap(parent)
      ? parent.items.find(({ key: name }) => isScalar(name) && name.value === last)?.key
      : document.getIn(path, true);
    const range = isNode(key) ? key.range : undefined;
    return range ? [range[0], range[1]] : undefined;
  };
}

async function moduleFinder(text: string): Promise<(path: KeyPath) => Span | undefined> {
  const { parse } = await import("@babel/parser");
  const tree = parse(text, { sourceType: "unambiguous", plugins: ["typescript"], errorRecovery: true });
  const top = exportedValue(tree.program.body);
  return (path) => {
    let node = top;
    let span: Span | undefined;
    for (const step of path) {
      const member: Found | undefined = node && stepInto(node, step);
      if (member === undefined) return undefined;
      ({ node, span } = member);
    }
    return span;
  };
}

interface Found {
  readonly node: Node;
  readonly span: Span;
}

function exportedValue(body: readonly Node[]): Node | undefined {
  for (const statement of body) {
    if (statement.type === "ExportDefaultDeclaration") return resolveName(statement.declaration, body);
    const assigned =
      statement.type === "ExpressionStatement" && statement.expression.type === "AssignmentExpression"
        ? statement.expression
        : undefined;
    if (assigned?.left.type === "MemberExpression") return resolveName(assigned.right, body);
  }
  return undefined;
}

function resolveName(node: Node, body: readonly Node[]): Node {
  if (node.type !== "Identifier") return node;
  for (const statement of body) {
    const declared = statement.type === "VariableDeclaration" ? statement.declarations : [];
    const match = declared.find(({ id }) => id.type === "Identifier" && id.name === node.name);
    if (match?.init) return match.init;
  }
  return node;
}

/** Wrappers that do not change what is meant: `defineConfig(x)`, `x as const`, `x satisfies Config`, `(x)`. */
function unwrap(node: Node): Node {
  if (
    node.type === "TSAsExpression" ||
    node.type === "TSSatisfiesExpression" ||
    node.type === "ParenthesizedExpression"
  )
    return unwrap(node.expression);
  const argument = node.type === "CallExpression" ? node.arguments[0] : undefined;
  return argument ? unwrap(argument) : node;
}

function stepInto(outer: Node, step: string | number): Found | undefined {
  // A plugin is written as a call, `ruff({ … })`: what it is given stands for its `options`.
  if (outer.type === "CallExpression" && step === "options") {
    const argument = outer.arguments[0];
    return argument && { node: argument, span: spanOf(argument) };
  }
  const node = unwrap(outer);
  if (node.type === "ArrayExpression" && typeof step === "number") {
    const element = node.elements[step];
    return element ? { node: element, span: spanOf(element) } : undefined;
  }
  if (node.type !== "ObjectExpression") return undefined;
  for (const property of node.properties) {
    if (property.type !== "ObjectProperty" && property.type !== "ObjectMethod") continue;
    const name =
      property.key.type === "Identifier"
        ? property.key.name
        : property.key.type === "StringLiteral"
          ? property.key.value
          : undefined;
    if (name === step)
      return { node: property.type === "ObjectProperty" ? property.value : property, span: spanOf(property.key) };
  }
  return undefined;
}

function spanOf(node: Node): Span {
  return [node.start ?? 0, node.end ?? 0];
}
