import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Host } from "../fingerprint/tool/host.ts";
import { findBubblewrap } from "../guard/sandbox/find-bubblewrap.ts";

/** The program that holds an agent, and what it wrote; undefined where the user wants it without one, SYM5070 where there is none. */
export function sandboxFor({
  host,
  unsandboxed,
}: {
  readonly host: Host;
  readonly unsandboxed: boolean;
}): Result<string | undefined, Diagnostic> {
  if (unsandboxed) return ok(undefined);
  const found = findBubblewrap(host, ["--unshare-user", "--ro-bind", "/", "/"]);
  return "program" in found ? ok(found.program) : fail(noSandbox(found.why));
}

function noSandbox(why: string): Diagnostic {
  return errorOf("SYM5070", `nothing would hold the agent: ${why}`, {
    hint: "install bubblewrap, or say `--unsandboxed`: then its commands can read and write whatever you can",
  });
}
