import { variable, type Host } from "../fingerprint/tool/host.ts";
import type { Platform } from "../plugin/platform.ts";

/** Variables that any program needs that reaches the network or starts git. */
const PASSED = [
  ...[
    "PATH",
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "SystemRoot",
    "ComSpec",
    "PATHEXT",
    "TEMP",
    "TMP",
    "TMPDIR",
  ],
  ...["LANG", "LC_ALL", "TZ", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"],
  ...[
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
  ],
  ...["SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "GIT_SSH", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_GLOBAL"],
  // Who somebody is may be said by variables alone, and git that a tool starts asks for it.
  ...["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"],
];

/** What git does that a platform's tool starts: it asks nobody, and runs no hook. */
const GIT: Readonly<Record<string, string>> = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_ASKPASS: "",
  SSH_ASKPASS: "",
  GCM_INTERACTIVE: "never",
  GIT_EDITOR: ":",
  GIT_CONFIG_COUNT: "2",
  GIT_CONFIG_KEY_0: "core.hooksPath",
  GIT_CONFIG_VALUE_0: "/dev/null",
  GIT_CONFIG_KEY_1: "core.fsmonitor",
  GIT_CONFIG_VALUE_1: "false",
};

/** All that the processes of a platform get of the user's variables, and what keeps them from asking anybody. */
export function platformEnvironment(
  { variables, signIn, environment }: Pick<Platform, "variables" | "signIn" | "environment">,
  host: Host,
): Readonly<Record<string, string>> {
  const names = new Set([...PASSED, ...variables, ...signIn.variables]);
  const passed = [...names].flatMap((name): [string, string][] => {
    const value = variable(host, name);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(passed), TERM: "dumb", NO_COLOR: "1", ...GIT, ...environment };
}
