import { spawnSync } from "node:child_process";
import { findOnPath, type Host } from "../../fingerprint/tool/host.ts";

/** Whether commands can be run in a name space of their own: the program, or why not. */
export type Bubblewrap = { readonly program: string } | { readonly why: string };

const PROBE_MS = 10_000;

/** Looks for bubblewrap and tries it once with these arguments: the system may forbid name spaces to users. */
export function findBubblewrap(host: Host, words: readonly string[]): Bubblewrap {
  if (process.platform !== "linux") return { why: "bubblewrap is for Linux only" };
  const program = findOnPath(host, "bwrap");
  if (program === undefined) return { why: "bubblewrap (bwrap) is not installed" };
  const tried = spawnSync(program, [...words, "--", "/bin/sh", "-c", ":"], {
    timeout: PROBE_MS,
    encoding: "utf8",
    env: {},
  });
  if (tried.status === 0) return { program };
  const said = tried.stderr.trim().split("\n").at(-1) ?? "";
  return { why: `bubblewrap does not work here${said === "" ? "" : `: ${said}`}` };
}
