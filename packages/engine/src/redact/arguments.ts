import { isSecretValue } from "./assignments.ts";
import { placeholder } from "./placeholder.ts";
import type { Redactor } from "./redact.ts";
import { kindOfName } from "./secret-name.ts";

/** A command line with its secrets taken out, also where the value is an argument of its own: `--api-key`, `...`. */
export function redactArguments(argv: readonly string[], redactor: Redactor): string[] {
  return argv.map((argument, index) => {
    const redacted = redactor.text(argument);
    const option = /^--?([A-Za-z][\w-]*)$/.exec(argv[index - 1] ?? "")?.[1];
    const kind = option === undefined || argument.startsWith("-") ? undefined : kindOfName(option);
    return kind !== undefined && redacted === argument && isSecretValue(kind, argument)
      ? placeholder("secret")
      : redacted;
  });
}
