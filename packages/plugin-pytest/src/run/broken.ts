import { errorOf, type CommandResult, type Diagnostic } from "@symbiotic-build/engine";

/** What pytest's exit codes mean. */
export const EXIT_CODES = {
  ok: 0,
  testsFailed: 1,
  interrupted: 2,
  internalError: 3,
  usageError: 4,
  noTests: 5,
} as const;

/** Why a run of pytest tells nothing about the tests. */
export function brokenRun(result: CommandResult): Diagnostic {
  switch (result.exitCode) {
    case EXIT_CODES.interrupted:
      return errorOf("SYM4701", `pytest was interrupted: ${banner(result.stdout) ?? "it does not say why"}`, {
        hint: "the log has what it printed; run it by hand to see the same",
      });
    case EXIT_CODES.internalError:
      return errorOf("SYM4702", `pytest failed in itself: ${internalError(result) ?? "it does not say why"}`, {
        hint: "the log has the traceback; a plugin of pytest is the usual cause: `-p no:<name>` in the option `args` leaves it out",
      });
    case EXIT_CODES.usageError:
      return errorOf("SYM4703", `pytest could not start: ${complaint(result) ?? "it does not say why"}`, {
        hint: "correct the settings (`addopts`), conftest.py or the plugin's option `args`; the log has all that pytest says",
      });
    default:
      return errorOf(
        "SYM4704",
        `pytest ended with exit code ${result.exitCode} and left no whole report${because(result)}`,
        {
          hint: "the log has what it printed; a crash of the interpreter or an `os._exit` in a test leaves none",
        },
      );
  }
}

function because(result: CommandResult): string {
  const last = linesOf(result.stderr).findLast((line) => /^\S*(Error|Exception)\b|: No module named /.test(line));
  return last === undefined ? "" : `: ${last}`;
}

/** What pytest writes between exclamation marks when it stops. */
function banner(stdout: string): string | undefined {
  return linesOf(stdout)
    .map((line) => /^!+ (.*?) !+$/.exec(line)?.[1])
    .findLast((text) => text !== undefined);
}

function internalError({ stdout, stderr }: CommandResult): string | undefined {
  const lines = [...linesOf(stdout), ...linesOf(stderr)].map((line) => /^INTERNALERROR> (\S.*)$/.exec(line)?.[1]);
  return lines.findLast((text) => text !== undefined);
}

/** `ERROR: ...`, an argument that argparse refuses, or the exception in a conftest.py. */
function complaint({ stdout, stderr }: CommandResult): string | undefined {
  const lines = [...linesOf(stderr), ...linesOf(stdout)];
  const said = lines.flatMap(
    (line) => /^ERROR: (?!usage:)(.+)$/.exec(line)?.[1] ?? /(?:^|: )error: (.+)$/.exec(line)?.[1] ?? [],
  );
  const raised = lines.flatMap((line) => /^E {3}(\S.*)$/.exec(line)?.[1] ?? []);
  const other = lines.find((line) => /^[A-Za-z.]+(Error|Warning)\b/.test(line));
  return said[0] ?? raised.at(-1) ?? other;
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => line.trimEnd());
}
