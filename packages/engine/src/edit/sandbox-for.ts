import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { findBubblewrap } from "../guard/sandbox/find-bubblewrap.ts";
import type { EditRequest } from "./edit.ts";

/** The program that holds an agent, and what it wrote; undefined where the user wants it without one. SYM5070 where there is none, SYM5076 where it cannot be done without. */
export function sandboxFor({
  host,
  unsandboxed,
  isDry = false,
  isInPlace = false,
}: Pick<EditRequest, "host" | "unsandboxed"> & Partial<Pick<EditRequest, "isDry" | "isInPlace">>): Result<
  string | undefined,
  Diagnostic
> {
  if (isInPlace && (unsandboxed || isDry)) return fail(notInPlace(isDry ? "--dry-run" : "--unsandboxed"));
  if (unsandboxed) return ok(undefined);
  const found = findBubblewrap(host, ["--unshare-user", "--ro-bind", "/", "/"]);
  return "program" in found ? ok(found.program) : fail(noSandbox(found.why, isInPlace));
}

function noSandbox(why: string, isInPlace: boolean): Diagnostic {
  const without = isInPlace ? "leave `--in-place` out and say `--unsandboxed`" : "say `--unsandboxed`";
  return errorOf("SYM5070", `nothing would hold the agent: ${why}`, {
    hint: `install bubblewrap, or ${without}: then its commands can read and write whatever you can`,
  });
}

/** Without a sandbox nothing keeps git's directory, ignored files and what is installed, and no snapshot holds these. */
function notInPlace(flag: string): Diagnostic {
  return errorOf("SYM5076", `\`--in-place\` and \`${flag}\` stand together`, {
    hint: "in your tree itself an agent works in a sandbox or not at all, and its change stays or is taken back: leave one of the two out",
  });
}
