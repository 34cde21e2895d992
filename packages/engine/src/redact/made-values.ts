import { looksMade } from "./looks-made.ts";
import { placeholder } from "./placeholder.ts";
import { BASE64, nextRun } from "./runs.ts";
import { weakKindOf } from "./secret-name.ts";

/** Shorter ones are as often names. */
const SHORTEST = 20;
/** As much as is read in front of a value for its name. */
const BEFORE = 128;
const NAME =
  /([\w-]{1,64})\\{0,3}["'`]?\]?\s{0,4}(?::\s{0,4}[A-Za-z_][\w.]{0,30}\s{0,4}=|=>|:=|=|:)\s{0,4}[rbfuRBFU]{0,2}\\{0,3}["'`]?$/;

/**
 * One line without the values that a machine made by chance and that are given to a name which may be that of a secret:
 * `auth = "..."`, `session: ...`. By such a name alone nothing is taken out.
 */
export function redactMadeValues(line: string): string {
  if (!line.includes("=") && !line.includes(":")) return line;
  let result = "";
  let done = 0;
  for (let run = nextRun(line, 0, SHORTEST, BASE64); run; run = nextRun(line, run.end, SHORTEST, BASE64)) {
    const value = line.slice(run.start, run.end);
    const kind = looksMade(value, true) ? kindBefore(line, run.start) : undefined;
    if (kind === undefined || !looksMade(value, kind === "random")) continue;
    result += line.slice(done, run.start) + placeholder("secret");
    done = run.end;
    while (line.charAt(done) === "=") done += 1;
  }
  return result + line.slice(done);
}

function kindBefore(line: string, start: number): "random" | "key" | undefined {
  const name = NAME.exec(line.slice(Math.max(0, start - BEFORE), start))?.[1];
  return name === undefined ? undefined : weakKindOf(name);
}
