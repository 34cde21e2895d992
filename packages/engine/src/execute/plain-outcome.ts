import { stripVTControlCharacters } from "node:util";
import type { CommandResult, Outcome } from "../plugin/atom.ts";

const SHOWN = 80;

/** What the end of a process means where its atom does not say: exit code 0 is `ok`; anything else failed, with the last thing that it said. */
export function plainOutcome(result: CommandResult, tool: string): Outcome {
  const evidence = { tool };
  if (result.exitCode === 0) return { status: "ok", summary: "ok", evidence };
  const said = lastWords(result.stderr) ?? lastWords(result.stdout);
  const code = `exit code ${String(result.exitCode)}`;
  return { status: "failed", summary: said === undefined ? code : `${code}: ${said}`, evidence };
}

/** The last line with a word in it, cut to a length for one line of a list. */
function lastWords(text: string): string | undefined {
  const lines = stripVTControlCharacters(text.slice(-64 * 1024)).split(/\r\n|[\r\n]/);
  const line = lines.findLast((each) => /\p{L}{2}/u.test(each))?.trim();
  if (line === undefined) return undefined;
  const characters = [...line];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN - 1).join("")}…` : line;
}
