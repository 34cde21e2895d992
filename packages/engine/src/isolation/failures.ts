import { errorOf, warningOf, type Diagnostic } from "../core/diagnostic.ts";
import { redact } from "../redact/redact.ts";
import type { Loss, TimeLimits } from "./messages.ts";

/** Which plugin it is about, and what it may take. */
export interface Culprit {
  /** As the configuration names it. */
  readonly use: string;
  readonly limits: TimeLimits & { readonly memoryMb: number };
}

const OF_PLUGIN = "this is an error of the plugin: tell its authors";

/** That a process of an isolated plugin was lost while it was asked for `what`. */
export function lostDiagnostic({ why, isLoaded, lastWords }: Loss, what: string, culprit: Culprit): Diagnostic {
  const { use, limits } = culprit;
  const of = `the isolated plugin ${use}`;
  switch (why) {
    case "silent":
      return isLoaded
        ? errorOf("SYM4040", `${of} did not answer \`${what}\` within ${seconds(limits.hookMs)}; it was ended`, {
            hint: `${OF_PLUGIN}, or raise \`limits.hookMs\` where the configuration names it`,
          })
        : errorOf("SYM4040", `${of} was not loaded within ${seconds(limits.loadMs)}; it was ended`, {
            hint: `${OF_PLUGIN}, or raise \`limits.loadMs\` where the configuration names it`,
          });
    case "memory":
      return errorOf("SYM4042", `${of} took more than ${String(limits.memoryMb)} MiB in \`${what}\`; it was ended`, {
        hint: `${OF_PLUGIN}, or raise \`limits.memoryMb\` where the configuration names it`,
      });
    case "exited":
      return errorOf("SYM4041", `the process of ${of} ended before it answered \`${what}\`${because(lastWords)}`, {
        hint: `a plugin may not call \`process.exit\`; ${OF_PLUGIN}`,
      });
    case "cancelled":
    case "unstarted":
      return errorOf("SYM4041", `no process of ${of} could be started to ask \`${what}\``, {
        hint: "check that there is memory and that processes can be started, and that `limits.memoryMb` is not too small",
      });
  }
}

/** That an isolated plugin is not asked any more. */
export function givenUp(first: Diagnostic, what: string, { use }: Culprit): Diagnostic {
  return errorOf(first.code, `the isolated plugin ${use} is not asked for \`${what}\`: ${first.message}`, {
    ...(first.hint === undefined ? {} : { hint: first.hint }),
  });
}

/** That an answer cannot be used. */
export function unusableAnswer(message: string, what: string, { use }: Culprit): Diagnostic {
  return errorOf("SYM4043", `what the isolated plugin ${use} gave for \`${what}\` cannot be used: ${message}`, {
    hint: OF_PLUGIN,
  });
}

/** That the plugin's code is not what it was when the run began. */
export function changedPlugin({ use }: Culprit): Diagnostic {
  return errorOf("SYM4011", `the plugin ${use} changed while the run was going on`, { hint: "run again" });
}

/** What an isolated plugin printed: nobody is shown that. */
export function printedWarning(bytes: number, { use }: Culprit): Diagnostic {
  return warningOf("SYM4044", `the isolated plugin ${use} printed ${sizeText(bytes)}, which is left out`, {
    hint: "a plugin is to answer, not to print: tell its authors",
  });
}

/** The same, for the log of the task that it printed in. */
export function printedLine(bytes: number, plugin: string): string {
  return `[${sizeText(bytes)} that the isolated plugin ${plugin} printed left out]`;
}

/** An error as it told of itself, to stand behind a sentence; nothing where it told nothing. */
export function because(lastWords: string | undefined): string {
  return lastWords === undefined ? "" : `: ${redact(lastWords)}`;
}

function sizeText(bytes: number): string {
  return bytes < 10_000 ? `${String(bytes)} bytes` : `${String(Math.round(bytes / 1000))} kB`;
}

function seconds(ms: number): string {
  return `${String(ms / 1000)} s`;
}
