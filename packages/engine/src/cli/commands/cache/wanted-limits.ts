import { errorOf, type Diagnostic } from "../../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../../core/result.ts";
import type { PruneLimits } from "../../../cache/choose-records.ts";
import type { Parsed } from "../../../plugin/command.ts";
import { AGE_EXPECTED, BYTES_EXPECTED, parseAge, parseBytes } from "../../quantities.ts";

/** The limits that the command line asks for; those of the configuration where it says nothing. */
export function wantedLimits(
  { values }: Pick<Parsed, "values">,
  limits: PruneLimits,
): Result<PruneLimits, readonly Diagnostic[]> {
  const bytes = values.get("max-bytes");
  const age = values.get("max-age");
  const maxBytes = bytes === undefined ? limits.maxBytes : parseBytes(bytes);
  const maxAgeMs = age === undefined ? limits.maxAgeMs : parseAge(age);
  if (maxBytes !== undefined && maxAgeMs !== undefined) return ok({ maxBytes, maxAgeMs });
  return fail([
    ...(maxBytes === undefined ? [wrong("--max-bytes", bytes ?? "", BYTES_EXPECTED)] : []),
    ...(maxAgeMs === undefined ? [wrong("--max-age", age ?? "", AGE_EXPECTED)] : []),
  ]);
}

function wrong(flag: string, value: string, expected: string): Diagnostic {
  return errorOf("SYM2005", `${flag} is \`${value}\`: ${expected} is expected`, {
    hint: "`symbiotic cache --help` explains it",
  });
}
