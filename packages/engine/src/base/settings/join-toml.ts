import { isDeepStrictEqual } from "node:util";
import { parse } from "smol-toml";
import { tomlStatements, type TomlStatement, type TomlStatements } from "./toml-statements.ts";

/** Two texts of one file. */
export interface TextPair {
  /** As it is in the change. */
  readonly head: string;
  /** As it is at the base. */
  readonly base: string;
}

/**
 * A TOML text that says of these tools (`[tool.<name>]`) what the base says, and of everything else what the change says, in
 * their own words. Undefined where the text that can be made says anything else.
 */
export function joinToml({ head, base }: TextPair, tools: ReadonlySet<string>): string | undefined {
  try {
    const wanted = merged(parse(head), parse(base), tools);
    const text = joined(cut(tomlStatements(head), tools), cut(tomlStatements(base), tools));
    return isSame(plain(parse(text), new Set()), wanted) ? text : undefined;
  } catch {
    return undefined;
  }
}

type Table = Record<string, unknown>;

function merged(head: Table, base: Table, tools: ReadonlySet<string>): Table {
  const own = Object.entries(toolsIn(base)).filter(([name]) => tools.has(name));
  const others = plain(head, tools);
  return own.length === 0 ? others : { ...others, tool: { ...toolsIn(others), ...Object.fromEntries(own) } };
}

/** Without these tools; a list of tools that is empty says nothing. */
function plain(all: Table, without: ReadonlySet<string>): Table {
  const { tool, ...others } = all;
  const left = Object.entries(toolsIn({ tool })).filter(([name]) => !without.has(name));
  return left.length === 0 ? others : { ...others, tool: Object.fromEntries(left) };
}

function toolsIn({ tool }: Table): Table {
  if (tool === undefined) return {};
  if (typeof tool !== "object" || tool === null || Array.isArray(tool)) throw new TypeError("`tool` is no table");
  return { ...tool };
}

/** Dates are compared by what is written: two that are the same moment need not say the same. */
function isSame(a: Table, b: Table): boolean {
  return isDeepStrictEqual(a, b) && isDeepStrictEqual(asWritten(a), asWritten(b));
}

function asWritten(value: Table): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** A header with what stands under it; the first one of a text has none. */
interface Section {
  readonly names: readonly string[];
  readonly header?: TomlStatement;
  readonly own: readonly string[];
  readonly others: readonly string[];
  /** That all of it is about one of the tools. */
  readonly isOwn: boolean;
}

interface Cut {
  readonly sections: readonly Section[];
  readonly rest: string;
}

function cut({ statements, rest }: TomlStatements, tools: ReadonlySet<string>): Cut {
  const isOwn = ([first, second]: readonly string[]): boolean => first === "tool" && tools.has(second ?? "");
  const starts = statements.flatMap(({ kind }, at) => (kind === "header" ? [at] : []));
  const sections = [0, ...starts].map((start, at): Section => {
    const header = at === 0 ? undefined : statements[start];
    const names = header?.names ?? [];
    const pairs = statements.slice(at === 0 ? 0 : start + 1, starts[at] ?? statements.length);
    const texts = (own: boolean): string[] =>
      pairs.filter((pair) => isOwn([...names, ...pair.names]) === own).map(({ text }) => text);
    return {
      ...{ names, own: texts(true), others: texts(false), isOwn: isOwn(names) },
      ...(header === undefined ? {} : { header }),
    };
  });
  return { sections, rest };
}

/** The change's sections without those of the tools; the base's stand where the first of these stood, or at the end. */
function joined(head: Cut, base: Cut): string {
  const isTool = ({ names, header }: Section): boolean => names.length === 1 && header?.text.includes("[[") !== true;
  const before = base.sections.filter(({ isOwn }) => !isOwn);
  const intoTop = before.filter(({ header }) => header === undefined).flatMap(({ own }) => own);
  const intoTool = before.filter(({ header }) => header !== undefined).flatMap(({ own }) => own);
  const hasTool = head.sections.some((section) => section.names[0] === "tool" && isTool(section));
  const own = base.sections.filter(({ isOwn }) => isOwn).map(textOf);
  const block = [...(hasTool || intoTool.length === 0 ? [] : ["[tool]\n", ...intoTool]), ...own];
  const place = head.sections.findIndex(({ isOwn }) => isOwn);
  const texts = head.sections.flatMap((section, at): string[] => {
    const more =
      section.header === undefined
        ? intoTop
        : hasTool && section.names[0] === "tool" && isTool(section)
          ? intoTool
          : [];
    const kept = section.isOwn ? [] : [section.header?.text ?? "", ...section.others, ...more];
    return at === place ? [...block, ...kept] : kept;
  });
  return lines([...texts, ...(place < 0 ? block : []), head.rest]);
}

function textOf({ header, own }: Section): string {
  return lines([header?.text ?? "", ...own]);
}

/** The last line of a text may have no end. */
function lines(texts: readonly string[]): string {
  return texts.map((text) => (text === "" || text.endsWith("\n") ? text : `${text}\n`)).join("");
}
