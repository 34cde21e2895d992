/** YAML as package managers write it: maps, lists of texts, and texts. What stands in braces is one text. */
export type BlockValue = string | readonly string[] | BlockMap;

/** A map of such values, in the order of the file. */
export type BlockMap = ReadonlyMap<string, BlockValue>;

interface Open {
  /** How far in its keys stand; -1 until the first was read. */
  indent: number;
  readonly map: Map<string, BlockValue>;
  /** The key whose value is still to come. */
  pending: string | undefined;
}

/**
 * Reads a file that a program wrote in block style, in one pass over its lines; `undefined` for whatever a lockfile is not
 * written in: anchors, tags, lists of maps, texts over several lines without a mark.
 */
export function readBlockYaml(text: string): BlockMap | undefined {
  const root: Open = { indent: -1, map: new Map(), pending: undefined };
  const open = [root];
  let skipDeeperThan = Infinity;
  for (const whole of text.split("\n")) {
    const line = whole.trimEnd();
    const indent = indentOf(line);
    if (line === "" || line.charCodeAt(indent) === HASH) continue;
    if (indent > skipDeeperThan) continue;
    skipDeeperThan = Infinity;
    const read = readLine(line, indent, open);
    if (read === "unknown") return undefined;
    if (read === "text") skipDeeperThan = indent;
  }
  return root.map;
}

/** The map under a key; an empty one where there is none. */
export function mapAt(map: BlockMap | undefined, key: string): BlockMap {
  const value = map?.get(key);
  return value instanceof Map ? value : new Map<string, BlockValue>();
}

/** The text under a key. */
export function textAt(map: BlockMap | undefined, key: string): string | undefined {
  const value = map?.get(key);
  return typeof value === "string" ? value : undefined;
}

/** The keys and texts under a key. */
export function textsAt(map: BlockMap | undefined, key: string): [string, string][] {
  return [...mapAt(map, key)].filter((entry): entry is [string, string] => typeof entry[1] === "string");
}

const HASH = 35;

function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === 32) indent += 1;
  return indent;
}

/** `text`: a text in the lines below belongs to this one. */
function readLine(line: string, indent: number, open: Open[]): "done" | "text" | "unknown" {
  // A key too long for one line stands behind `? `, and what it means behind `: ` below it.
  if (line.startsWith("? ", indent)) return expectValue(line.slice(indent + 2), indent, open);
  if (line.startsWith(": ", indent))
    return readLine(`${" ".repeat(indent + 2)}${line.slice(indent + 2)}`, indent + 2, open);
  if (line.startsWith("- ", indent)) return readItem(line.slice(indent + 2), indent, open);
  const entry = splitEntry(line.slice(indent));
  if (entry === undefined) return "unknown";
  const at = mapFor(indent, open);
  if (at === undefined) return "unknown";
  const { key, value } = entry;
  at.pending = value === "" ? key : undefined;
  if (value === "") at.map.set(key, new Map());
  else if (/^[|>]/.test(value)) {
    at.map.set(key, "");
    return "text";
  } else {
    const scalar = scalarOf(value);
    if (scalar === undefined) return "unknown";
    at.map.set(key, scalar);
  }
  return "done";
}

function expectValue(text: string, indent: number, open: Open[]): "done" | "unknown" {
  const key = scalarOf(text);
  const at = mapFor(indent, open);
  if (key === undefined || at === undefined) return "unknown";
  at.map.set(key, new Map());
  at.pending = key;
  return "done";
}

/** The map that a line this far in belongs to. */
function mapFor(indent: number, open: Open[]): Open | undefined {
  let top = open.at(-1);
  while (top !== undefined && top.indent > indent && open.length > 1) {
    open.pop();
    top = open.at(-1);
  }
  if (top === undefined || top.indent === indent) return top;
  if (top.indent === -1) {
    top.indent = indent;
    return top;
  }
  const map = top.pending === undefined ? undefined : top.map.get(top.pending);
  if (!(map instanceof Map)) return undefined;
  const inner: Open = { indent, map: map as Map<string, BlockValue>, pending: undefined };
  open.push(inner);
  return inner;
}

function readItem(text: string, indent: number, open: Open[]): "done" | "unknown" {
  while (open.length > 1 && (open.at(-1)?.indent ?? 0) > indent) open.pop();
  const top = open.at(-1);
  const item = scalarOf(text);
  if (top?.pending === undefined || item === undefined) return "unknown";
  const known = top.map.get(top.pending);
  if (known instanceof Map ? known.size > 0 : typeof known === "string") return "unknown";
  top.map.set(top.pending, [...(isList(known) ? known : []), item]);
  return "done";
}

function splitEntry(text: string): { readonly key: string; readonly value: string } | undefined {
  const quote = text[0];
  if (quote === '"' || quote === "'") {
    const quoted = (quote === '"' ? /^"(?:[^"\\]|\\.)*"/ : /^'(?:[^']|'')*'/).exec(text)?.[0];
    const key = quoted === undefined ? undefined : scalarOf(quoted);
    if (quoted === undefined || key === undefined || text[quoted.length] !== ":") return undefined;
    return { key, value: text.slice(quoted.length + 1).trimStart() };
  }
  const at = text.indexOf(": ");
  if (at > 0) return { key: text.slice(0, at), value: text.slice(at + 2).trimStart() };
  return text.endsWith(":") && text.length > 1 ? { key: text.slice(0, -1), value: "" } : undefined;
}

function scalarOf(text: string): string | undefined {
  const [first = ""] = text;
  if (first === "'") return /^'(?:[^']|'')*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : undefined;
  if (first === '"') return unquoted(text);
  if (first === "{" || first === "[") return text.endsWith(first === "{" ? "}" : "]") ? text : undefined;
  return "&*!?|>%@`".includes(first) ? undefined : text;
}

function unquoted(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

function isList(value: BlockValue | undefined): value is readonly string[] {
  return Array.isArray(value);
}
