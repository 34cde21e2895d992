import { resolve } from "node:path";
import type { Asked } from "../journal/journal-entry.ts";
import { redactArguments } from "../redact/arguments.ts";
import { createRedactor } from "../redact/redact.ts";
import { secretValuesOf } from "../redact/secret-name.ts";
import type { CliContext } from "./command.ts";
import type { Parsed } from "../plugin/command.ts";

/** Flags that say only how this run is shown: who resumes it says that anew. */
const OF_OUTPUT: ReadonlySet<string> = new Set(["json", "output-logs", "report", "help", "resume"]);

/** What a run was asked for, for its journal; `null` where it holds a secret, which is not kept. */
export function askedOf(parsed: Parsed, { cwd, environment }: CliContext): Asked | null {
  const { positionals, flags, values, lists, rest } = parsed;
  const config = values.get("config");
  const files = lists.get("files");
  const asked: Asked = {
    positionals,
    flags: [...flags].filter((name) => !OF_OUTPUT.has(name)),
    values: {
      ...Object.fromEntries([...values].filter(([name]) => !OF_OUTPUT.has(name))),
      // Who resumes it may stand in another folder.
      ...(config === undefined ? {} : { config: resolve(cwd, config) }),
    },
    lists: {
      ...Object.fromEntries(lists),
      ...(files === undefined ? {} : { files: files.map((file) => resolve(cwd, file)) }),
    },
    rest,
  };
  const words = [...positionals, ...Object.values(asked.values), ...Object.values(asked.lists).flat(), ...rest];
  const redactor = createRedactor({ secretValues: secretValuesOf(environment.variables) });
  const isSafe = redactArguments(words, redactor).every((word, index) => word === words[index]);
  return isSafe ? asked : null;
}
