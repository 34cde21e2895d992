import type { PlatformEnd, PlatformFailure } from "@symbiotic-build/engine";

type Kind = PlatformFailure["kind"];

/** `gh` ends so where there is no token. */
const NO_TOKEN = 4;

/** What it says, in the order in which it is looked for. */
const SAID: readonly (readonly [RegExp, Kind])[] = [
  [
    /(?:HTTP|status code:) 401|Bad credentials|not logged in|gh auth login|no longer valid|authentication failed/i,
    "signed out",
  ],
  [/rate limit|(?:HTTP|status code:) 429|abuse detection/i, "unavailable"],
  [/unmarshal|invalid character|unexpected end of JSON/i, "unreadable"],
  [/already exists/i, "exists"],
  [/(?:HTTP|status code:) 403|not accessible by|must have .* rights|Resource protected|permission/i, "forbidden"],
  [
    /(?:HTTP|status code:) 404|Could not resolve to a|no pull requests found|none of the git remotes|not found/i,
    "not found",
  ],
  [
    /(?:HTTP|status code:) 5\d\d|: EOF$|connect(?:ion|ing|:)|dial tcp|i\/o timeout|TLS handshake|no such host|reset by peer|Something went wrong/im,
    "unavailable",
  ],
];

/** Why `gh` did not do it. */
export function failureOf({ exitCode, stdout, stderr }: PlatformEnd): PlatformFailure {
  const message = (stderr.trim() === "" ? stdout : stderr).trim();
  if (exitCode === NO_TOKEN) return { kind: "signed out", message };
  // Where a signal ended it nobody knows what was done.
  if (exitCode === null) return { kind: "unavailable", message: message === "" ? "`gh` was ended" : message };
  const kind = SAID.find(([pattern]) => pattern.test(message))?.[1] ?? "refused";
  return { kind, message };
}
