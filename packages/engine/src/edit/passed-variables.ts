import { variable, type Host } from "../fingerprint/tool/host.ts";

/** What tools leave beside sources is no change that anybody asked for. */
export const OWN_VARIABLES: Readonly<Record<string, string>> = { PYTHONDONTWRITEBYTECODE: "1" };

/** Variables that say nothing of whoever works here. */
const PASSED = [
  "PATH",
  "LANG",
  "LC_ALL",
  "LC_CTYPE",
  "TZ",
  "TERM",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "SSL_CERT_FILE",
];

/** All that agents, and what runs what they wrote, get of the user's variables: those, and what is named. */
export function passedVariables(host: Host, more: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    [...PASSED, ...more].flatMap((name) => {
      const value = variable(host, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
