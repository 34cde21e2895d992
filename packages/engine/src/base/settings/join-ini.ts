import { isDeepStrictEqual } from "node:util";
import type { TextPair } from "./join-toml.ts";

/** What some readers take for the end of a line and others do not, and sections that only some readers see. */
const DOUBTFUL = /\r(?!\n)|[\v\f\u001c-\u001e\u0085\u2028\u2029]|^[ \t]+\[/m;

/**
 * An INI text with these sections as they are at the base, and the others as they are in the change. Undefined where readers
 * need not agree on what its sections are.
 */
export function joinIni({ head, base }: TextPair, names: ReadonlySet<string>): string | undefined {
  if (DOUBTFUL.test(head) || DOUBTFUL.test(base)) return undefined;
  const [mine, theirs] = [sectionsIn(head), sectionsIn(base)];
  const own = theirs.filter(({ name }) => name !== undefined && names.has(name));
  const isOwn = ({ name }: Section): boolean => name !== undefined && names.has(name);
  const place = mine.findIndex(isOwn);
  const kept = mine.filter((section) => !isOwn(section));
  const at = place < 0 ? kept.length : place;
  const wanted = [...kept.slice(0, at), ...own, ...kept.slice(at)];
  const text = wanted.map((section) => ended(section.text)).join("");
  const isSame = isDeepStrictEqual(sectionsIn(text).map(said), wanted.map(said));
  return isSame && areApart(wanted) ? text : undefined;
}

interface Section {
  /** Absent for what stands before the first one. */
  readonly name?: string;
  readonly text: string;
}

function sectionsIn(text: string): Section[] {
  const [first = "", ...others] = text.split(/^(?=\[)/m);
  const all = first.startsWith("[") ? [first, ...others] : others;
  const top = first.startsWith("[") || first === "" ? [] : [{ text: first }];
  return [...top, ...all.map((each) => ({ name: /^\[([^\]\n]*)\]/.exec(each)?.[1]?.trim() ?? each, text: each }))];
}

/** A section that is there twice is an error for some readers, and for others both are one. */
function areApart(sections: readonly Section[]): boolean {
  return new Set(sections.map(({ name }) => name)).size === sections.length;
}

function said({ name, text }: Section): readonly (string | undefined)[] {
  return [name, ended(text)];
}

function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
