import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { runBounded, type BoundedEnd } from "../execute/run-bounded.ts";
import { guarded } from "../plugin/guarded.ts";
import type { Operation, PlatformFailure } from "../plugin/platform.ts";
import { failureProblem } from "./failure-problem.ts";
import type { PlatformHost } from "./platform-host.ts";
import { unfitPlace } from "./unfit-place.ts";

/** Why an operation has no answer: for people, and for whoever goes on. */
export interface OperationProblem {
  readonly kind: PlatformFailure["kind"] | "timeout" | "interrupted" | "not allowed";
  readonly diagnostic: Diagnostic;
}

/** Says why a command line may not be run; nothing where it may. */
export type JudgeArguments = (argv: readonly string[]) => Diagnostic | undefined;

/**
 * Asks a platform for one thing, and waits for the answer or until its time is up: then the process is ended with all that it
 * started. What is told has no secrets in it.
 */
export async function runOperation<Q, A>(
  host: PlatformHost,
  operation: Operation<Q, A>,
  question: Q,
  judge: JudgeArguments = () => undefined,
): Promise<Result<A, OperationProblem>> {
  const { platform, options, program, root, environment, redactor } = host;
  const unfit = unfitPlace(host);
  if (unfit !== undefined) return fail({ kind: "not allowed", diagnostic: unfit });
  const made = guarded("its plugin's `command`", () => operation.command({ options }, question));
  if (!made.ok) return fail({ kind: "unreadable", diagnostic: made.error });
  const { args, stdin } = made.value;
  const refused = judge([platform.tool.bin, ...args]);
  if (refused !== undefined) return fail({ kind: "not allowed", diagnostic: refused });
  const ended = await runBounded({
    argv: [program, ...args],
    cwd: root,
    env: environment,
    ...(stdin === undefined ? {} : { stdin }),
    timeoutMs: host.timeoutMs,
    groups: host.groups,
    signal: host.signal,
  });
  if (ended.how !== "ended") return fail(notEnded(host, ended));
  const read = guarded("its plugin's `read`", () => operation.read(ended, question));
  if (!read.ok) return fail({ kind: "unreadable", diagnostic: read.error });
  if (read.value.ok) return ok(read.value.value);
  const { kind, message } = read.value.error;
  return fail({ kind, diagnostic: failureProblem(platform, { kind, message: redactor.text(message) }) });
}

function notEnded({ platform, timeoutMs, redactor }: PlatformHost, ended: BoundedEnd): OperationProblem {
  const { title, tool } = platform;
  const notes = ended.stderr.trim() === "" ? [] : [redactor.text(ended.stderr.trim().split("\n").slice(-5).join("\n"))];
  if (ended.how === "timeout")
    return {
      kind: "timeout",
      diagnostic: errorOf(
        "SYM7404",
        `${title} did not answer in ${String(timeoutMs / 1000)} s, and ${tool.bin} was ended`,
        {
          hint: "look whether it can be reached, and try again: what is done already is found",
          notes,
        },
      ),
    };
  const what = ended.how === "interrupted" ? "was interrupted" : (ended.why ?? "printed too much");
  return {
    kind: ended.how === "interrupted" ? "interrupted" : "unreadable",
    diagnostic: errorOf("SYM7411", `${title}: ${tool.bin} ${what}`, { hint: tool.hint, notes }),
  };
}
