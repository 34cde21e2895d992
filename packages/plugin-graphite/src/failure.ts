import type { PlatformEnd, PlatformFailure } from "@symbiotic-build/engine";

type Kind = PlatformFailure["kind"];

const SAID: readonly (readonly [RegExp, Kind])[] = [
  [/authenticate|auth token|server response \(401\)/i, "signed out"],
  [/server response \(403\)|not allowed|permission/i, "forbidden"],
  [/server response \(404\)|could not find branch|untracked branch|no such branch/i, "not found"],
  // It says so of any server that does not answer as it should, or not at all.
  [/server response \((?:429|5\d\d)\)|reading 'toString'|fetch failed|ECONN|ETIMEDOUT|ENOTFOUND/i, "unavailable"],
  [/must restack|needs? to be restacked|could not be restacked|is not in the history of|conflict/i, "conflict"],
];

/** Why `gt` did not do it. */
export function failureOf({ exitCode, stdout, stderr }: PlatformEnd): PlatformFailure {
  const message = spoken(stderr) || spoken(stdout);
  if (exitCode === null) return { kind: "unavailable", message: message || "`gt` was ended" };
  const kind = SAID.find(([pattern]) => pattern.test(message))?.[1] ?? "refused";
  return { kind, message };
}

/** What it says, without its tips: errors first, without their mark. */
function spoken(printed: string): string {
  const lines = printed
    .replace(/^\s*tip: [\s\S]*?\[[\w.-]+ [○●]+\]\s*$/gm, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const errors = lines.filter((line) => line.startsWith("ERROR: "));
  return [...errors, ...lines.filter((line) => !errors.includes(line))]
    .map((line) => line.replace(/^ERROR: /, ""))
    .join("\n");
}
