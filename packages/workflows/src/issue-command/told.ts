import type { Diagnostic } from "@symbiotic-build/engine";

/** `error SYM9202  docs/…/M3-04.md:9:14  it is blocked by M3-99, which is not there`, and below what else there is. Pure. */
export function told({ severity, code, message, location, hint, notes = [] }: Diagnostic): string {
  const place =
    location === undefined
      ? ""
      : `${[location.file, location.line, location.column].filter((part) => part !== undefined).join(":")}  `;
  return [
    `${severity} ${code}  ${place}${message}`,
    ...notes.map((note) => `  ${note}`),
    ...(hint === undefined ? [] : [`  ${hint}`]),
  ].join("\n");
}
