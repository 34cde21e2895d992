import type { Placed } from "../text/place.ts";
import { partOf, placeOf, segmentOf, type Segment } from "../text/segment.ts";
import { meaningOf } from "../words/placeholder.ts";
import type { BodyLine } from "./body-line.ts";
import { inlineCode } from "./inline-code.ts";
import { listItemOf } from "./list-item.ts";

const SHELLS = new Set([
  "",
  "sh",
  "bash",
  "shell",
  "zsh",
  "console",
  "shell-session",
  "terminal",
  "cmd",
  "powershell",
  "ps1",
]);
const PROMPT = /^(?:\$|>|❯|PS>)\s+/;
/** What may stand before the command in an item: `Run: ` and the like. */
const LEAD = /^(?:[*_]{0,2}(?:run|command|execute|check|verify)[*_]{0,2}:?[*_]{0,2}\s+)?`/i;

/**
 * The commands by which an issue is verified: lines of fenced shell code, and items of lists that begin with `inline code`, in
 * the sections about verification. A line that ends with a backslash goes on in the next.
 */
export function verificationOf(lines: readonly BodyLine[]): Placed<string>[] {
  const inside = lines.filter(({ section }) => section === "verification");
  const blocks = Map.groupBy(inside, ({ code, line }) => code?.block ?? -line.number);
  return [...blocks.values()].flatMap((block) => {
    const [first] = block;
    const segments = block.map(({ line }) => segmentOf(line, 0));
    if (first?.code === undefined) return segments.flatMap(commandOfItem);
    return SHELLS.has(first.code.language) ? commandsOfBlock(segments) : [];
  });
}

function commandOfItem(segment: Segment): Placed<string>[] {
  const item = listItemOf(segment);
  const [code] = item !== undefined && LEAD.test(item.content.text) ? inlineCode(item.content) : [];
  return code === undefined || meaningOf(code.text) !== "value" ? [] : [{ value: code.text, at: placeOf(code) }];
}

/** Where some lines have a prompt, the others are what the commands print. */
function commandsOfBlock(segments: readonly Segment[]): Placed<string>[] {
  const commands = joined(segments.map((segment) => partOf(segment, 0)));
  const hasPrompts = commands.some(([first]) => PROMPT.test(first.text));
  return commands.flatMap(([first, ...rest]) => {
    const prompt = PROMPT.exec(first.text)?.[0].length ?? 0;
    const command = partOf(first, prompt);
    const value = [command, ...rest].map(withoutBackslash).join(" ").trim();
    return isCommand(value) && (prompt > 0 || !hasPrompts) ? [{ value, at: placeOf(command) }] : [];
  });
}

/** Lines with those that go on with them. */
function joined(segments: readonly Segment[]): [Segment, ...Segment[]][] {
  const all: [Segment, ...Segment[]][] = [];
  for (const [index, segment] of segments.entries()) {
    const last = segments[index - 1]?.text.endsWith("\\") === true ? all.at(-1) : undefined;
    if (last === undefined) all.push([segment]);
    else last.push(segment);
  }
  return all;
}

function withoutBackslash({ text }: Segment): string {
  return text.endsWith("\\") ? text.slice(0, -1).trimEnd() : text;
}

function isCommand(text: string): boolean {
  return text !== "" && !text.startsWith("#") && meaningOf(text) === "value";
}
