import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Result } from "../core/result.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { Command, CommandResult } from "../plugin/atom.ts";
import type { Job } from "./job.ts";
import { openLog } from "./log-writer.ts";
import { createProcessGroups } from "./process-groups.ts";
import { runCommand } from "./spawn.ts";

interface Ran {
  readonly result: Result<CommandResult, Diagnostic>;
  readonly lines: readonly string[];
}

function asItIs(line: string): string {
  return line;
}

/** Runs a program of Node in a folder of its own. */
async function runNode(
  program: string,
  variables: Readonly<Record<string, string>> = {},
  more: Pick<Command, "stdout"> = {},
): Promise<Ran> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-spawn-")));
  const lines: string[] = [];
  const job: Job = {
    ref: { kind: "module", url: "file:///none", digest: "0" },
    options: null,
    identity: { kind: "modules", digest: "0" },
    plugin: "t",
    atomId: "t",
    context: {
      options: null,
      facts: null,
      project: { name: "p", root: ".", manifests: [], dependsOn: [], tags: [], nested: [], environments: [] },
      upstream: [],
      tool: { name: "t", version: "", advisory: false, detected: [], argv: ["{node}"], origin: "a test" },
      out: ".symbiotic/out/t",
    },
    root,
    substitutions: { "{node}": process.execPath },
    variables,
    outDirectory: root,
    logFile: join(root, "log"),
    secretValues: [],
    isPlain: false,
    inputs: [],
    outputs: [],
  };
  const groups = createProcessGroups();
  const host = {
    ...groups,
    log: openLog(
      job.logFile,
      { stdout: asItIs, stderr: asItIs },
      (stream, line) => void lines.push(`${stream}: ${line}`),
    ),
  };
  try {
    const result = await runCommand(job, { argv: ["{node}", "-e", program], env: { OWN: "1" }, ...more }, [], host);
    host.log.close();
    return { result, lines };
  } finally {
    groups.close();
    rmSync(root, { recursive: true, force: true });
  }
}

test.skipIf(process.platform === "win32")(
  "a process in the background that holds the output is not waited for, and the log says so",
  async () => {
    const { result, lines } = await runNode(`
    const { spawn } = require("node:child_process");
    spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], { stdio: "inherit" }).unref();
    process.stdout.write("done");
    process.exit(3);
  `);
    expect(result).toMatchObject({ ok: true, value: { exitCode: 3, stdout: "done" } });
    expect(lines).toEqual([
      "stdout: done",
      "stderr: [a process that was left running held the output open; it was not waited for]",
    ]);
  },
);

test("all that a process wrote before its end is read, however much it is", async () => {
  const { result, lines } = await runNode(`process.stdout.write("x".repeat(3_000_000) + "\\nlast")`);
  expect(result.ok && result.value.stdout.length).toBe(3_000_005);
  expect(lines.at(-1)).toBe("stdout: last");
});

test("a process that prints a report without end comes to one, and its error says how much is read", async () => {
  const program = "const page = Buffer.alloc(1 << 20); for (;;) require('node:fs').writeSync(1, page);";
  const { result } = await runNode(program, {}, { stdout: "data" });
  expect(result).toMatchObject({
    ok: false,
    error: { code: "SYM4004", message: "t printed more than 128 MiB in t; its result is not whole" },
  });
});

test("places in the repository are told by a token", async () => {
  const { result } = await runNode(
    `console.log(process.cwd() + require("node:path").sep + "a.py", process.env.OWN, process.env.GIVEN)`,
    { GIVEN: "2" },
  );
  expect(result).toMatchObject({ value: { stdout: "{root}/a.py 1 2\n" } });
});
