import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, expect, test } from "vitest";
import { createProcessGroups } from "../execute/process-groups.ts";
import type { Agent, AgentFinish, AgentRequest } from "../plugin/agent.ts";
import { createRedactor } from "../redact/redact.ts";
import type { Clock } from "./clock.ts";
import type { AgentResult, Drive } from "./drive.ts";
import { driveAgent } from "./drive-agent.ts";

/** An agent whose command line is a program of Node, told in the prompt: it has each line read as an event, or as how it ends. */
function agentOf(more: Partial<Agent> = {}): Agent {
  return {
    title: "Helper",
    describe: "",
    tool: { bin: "node", package: "node", version: "1.0.0", natives: {} },
    signIn: { variables: ["HELPER_KEY"], files: [], hint: "" },
    variables: ["HELPER_URL"],
    command: ({ tool, request, variables }) => ({
      argv: [...tool, "-e", request.prompt],
      env: { GIVEN: JSON.stringify(variables) },
      files: { "a.txt": "a" },
      stdin: "the prompt",
    }),
    read: (line) =>
      line.startsWith("{")
        ? { events: [], keep: { finish: JSON.parse(line) } }
        : { events: [{ type: "text", text: line }] },
    end: ({ kept, exitCode }) =>
      (kept["finish"] as AgentFinish | undefined) ?? { kind: "answered", text: `ended with ${String(exitCode)}` },
    ...more,
  };
}

interface Driven {
  readonly result: AgentResult;
  readonly told: readonly string[];
  readonly slept: readonly number[];
  readonly folder: string;
}

async function drive(
  program: string,
  more: Partial<Omit<Drive, "request">> & { readonly request?: Partial<AgentRequest> } = {},
): Promise<Driven> {
  const folder = mkdtempSync(join(tmpdir(), "drive-agent-"));
  const groups = createProcessGroups();
  onTestFinished(() => {
    groups.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const told: string[] = [];
  const slept: number[] = [];
  const result = await driveAgent({
    agent: agentOf(),
    options: null,
    tool: [process.execPath],
    node: process.execPath,
    home: folder,
    environment: { PATH: "/usr/bin:/bin" },
    groups,
    logFolder: join(folder, "log"),
    redactor: createRedactor({ secretValues: ["hunter2secret"] }),
    on: (event) => told.push(event.type === "text" ? event.text : event.type),
    clock: clockOf(slept),
    ...more,
    request: {
      prompt: program,
      cwd: folder,
      folder: join(folder, "private"),
      role: "write",
      writable: ["**"],
      commands: { allow: [], deny: [] },
      network: false,
      budget: { milliseconds: 30_000 },
      ...more.request,
    },
  });
  return { result, told, slept, folder };
}

/** Time goes on by sleeping alone. */
function clockOf(slept: number[]): Clock {
  let now = 0;
  return {
    now: () => now,
    random: () => 1,
    sleep(milliseconds) {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
}

const FLEETING = '{"kind":"ended","end":"crashed","message":"away","isTransient":true}';

test("its files are written, its variables given, its input closed; secrets are neither shown nor kept", async () => {
  const program = `console.log(process.env.GIVEN); console.log("hunter2secret"); process.stdin.pipe(process.stdout);`;
  const environment = { PATH: "/usr/bin:/bin", HELPER_URL: "u", HELPER_KEY: "", OTHER: "o" };
  const { result, told, folder } = await drive(program.replace("process.env.GIVEN", '"given " + process.env.GIVEN'), {
    environment,
  });
  expect(result).toMatchObject({ end: "done", text: "ended with 0", starts: 1 });
  expect(told).toEqual(['given {"HELPER_URL":"u"}', expect.stringMatching(/^\[redacted:\w+\]$/), "the prompt"]);
  expect(readFileSync(join(folder, "private/a.txt"), "utf8")).toBe("a");
  for (const name of ["session.log", "events.jsonl", "result.json"]) {
    const file = join(folder, "log", name);
    expect(readFileSync(file, "utf8")).not.toContain("hunter2secret");
    if (process.platform !== "win32") expect(statSync(file).mode & 0o077).toBe(0);
  }
});

test("what fails for the moment is tried again, later each time, and no longer than there is time for", async () => {
  const { result, slept } = await drive(`console.log('${FLEETING}')`, {
    retries: { attempts: 99, firstMs: 4000, mostMs: 60_000 },
  });
  expect(slept).toEqual([4000, 8000, 16_000]);
  expect(result).toMatchObject({ end: "timeout", starts: 4, durationMs: 28_000 });
  expect(result.problem).toMatchObject({
    code: "SYM5104",
    message: "Helper: away (tried 4 times; there is no time left for another try in 32.0 s)",
  });
});

test("the vendor's wish is kept, and after so many tries it is over", async () => {
  const { result, slept } = await drive(`console.log('${FLEETING.replace("}", ',"waitMs":5000}')}')`, {
    retries: { attempts: 2, firstMs: 10, mostMs: 20 },
  });
  expect(slept).toEqual([5005]);
  expect(result).toMatchObject({ end: "crashed", starts: 2, problem: { message: "Helper: away (tried 2 times)" } });
});

test("a plugin that throws is a crash that names it, and the process is ended", async () => {
  const throws = (): never => {
    throw new Error("no luck");
  };
  const hang = "console.log('x'); setInterval(() => {}, 1000)";
  const messageOf = async (more: Partial<Agent>, program: string): Promise<string | undefined> =>
    (await drive(program, { agent: agentOf(more) })).result.problem?.message;
  expect(await messageOf({ read: throws }, hang)).toBe("Helper: its plugin's `read` threw: no luck");
  expect(await messageOf({ end: throws }, "")).toBe("Helper: its plugin's `end` threw: no luck");
  expect(await messageOf({ command: throws }, "")).toBe("Helper: its plugin's `command` threw: no luck");
});

test("a program that is not there is a crash that names it", async () => {
  const { result } = await drive("", { tool: ["/no/such/program"] });
  expect(result).toMatchObject({ end: "crashed", starts: 1 });
  expect(result.problem?.message).toContain("/no/such/program cannot be started");
});

test("a line may be long, and one that is longer than any is told in pieces", async () => {
  const { told } = await drive(`process.stdout.write("x".repeat(9 * 1024 * 1024) + "\\nlast")`);
  expect(told.map((text) => text.length)).toEqual([8 * 1024 * 1024, 1024 * 1024, 4]);
});

test.skipIf(process.platform !== "linux")("what leaves the group of its process is ended with it", async () => {
  const program = `
    const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
    child.unref();
    console.log(String(child.pid));`;
  const { told } = await drive(program);
  expect(existsSync(`/proc/${String(told[0])}/exe`)).toBe(false);
});

test("what a sandbox makes of its command line is what is started", async () => {
  const { result } = await drive("process.exit(3)", {
    wrap: (argv) => [...argv.slice(0, 1), "-e", "process.exit(4)"] as never,
  });
  expect(result.text).toBe("ended with 4");
});
