import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../src/core/event.ts";
import { emitResult, replayLog } from "../../src/execute/emit-result.ts";
import { explainMiss } from "../../src/execute/explain-miss.ts";
import { keptFingerprint } from "../../src/execute/kept-fingerprint.ts";
import type { Prepared } from "../../src/execute/prepare.ts";
import { storeResult } from "../../src/execute/store-result.ts";
import type { TaskResult } from "../../src/execute/task-result.ts";
import type { Fingerprint } from "../../src/fingerprint/compute.ts";
import { createJudge } from "../../src/finding/judge.ts";
import { createRedactor } from "../../src/redact/redact.ts";
import { sampleTask } from "../support/sample-tasks.ts";
import { filesOf, fingerprintOf } from "./fingerprint-rig.ts";
import { createCacheRig } from "./hard-cases/cache-rig.ts";

const SECRET = "s3cr3t-of-the-shell";
const redactor = createRedactor({ secretValues: [SECRET] });
const task = sampleTask("app:check_it");

function fingerprintWith(
  argv: readonly [string, ...string[]],
  env: Readonly<Record<string, string>> = {},
): Fingerprint {
  return fingerprintOf(filesOf({ "a.py": "1" }), { files: ["a.py"] }, { task, command: { argv, cwd: ".", env } });
}

function preparedWith(fingerprint: Fingerprint): Prepared {
  const tool = { name: "t", version: "", advisory: false, detected: [], argv: ["t"], origin: "a test" } as const;
  return {
    context: { ...task.context, tool, out: "out" },
    found: undefined,
    declared: {},
    variables: { given: {}, keyed: {}, withheld: [] },
    sets: [],
    fingerprint,
  };
}

test("a secret on the command line is in the key and in nothing that is kept", () => {
  using rig = createCacheRig();
  const cache = rig.reopen();
  const fingerprint = fingerprintWith(["deploy", "--password", "hunter22"], { TOKEN: SECRET });
  const outcome = { status: "ok", summary: "ok", evidence: { tool: "t" } } as const;
  storeResult(
    {
      task,
      prepared: preparedWith(fingerprint),
      outcome,
      outputs: [],
      log: Buffer.from("done\n"),
      durationMs: 1,
      at: 1,
      engine: "1",
      root: rig.root,
      redactor,
    },
    cache,
  );
  const record = cache.lookup(fingerprint.key, () => true);
  const kept = cache.readBlob(record?.fingerprint ?? "");
  expect(kept.ok && kept.value.toString("utf8")).toContain('"argv":["deploy","--password","[redacted:secret]"]');
  cache.close();
  const folder = join(rig.root, "../cache");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(2);
  for (const { parentPath, name } of files)
    expect(readFileSync(join(parentPath, name), "latin1")).not.toMatch(/hunter22|s3cr3t-of/);
});

test("what is kept names its parts by the digests of the whole record", () => {
  const fingerprint = fingerprintWith(["deploy"]);
  const odd = createRedactor({ secretValues: [fingerprint.record.files[0]?.[1] ?? "", "a.py"] });
  expect(keptFingerprint(fingerprint, odd).record).toEqual(fingerprint.record);
});

test("why a task runs again is told without the secret, also where nothing else changed", () => {
  const explain = (before: Fingerprint, after: Fingerprint): string => {
    const kept = keptFingerprint(before, redactor);
    const [text = "", ...parts] = kept.texts();
    const read = (digest: string): string | undefined =>
      digest === kept.digest ? text : parts.find((part) => before.parts().get(digest) === part);
    const latest = {
      task: task.id,
      key: before.key,
      fingerprintDigest: kept.digest,
      status: "ok",
      durationMs: 1,
      at: 1,
      run: "r",
    } as const;
    return explainMiss(task.id, after, { history: { latest: () => latest }, read, redactor });
  };
  expect(
    explain(
      fingerprintWith(["deploy", "--password", "hunter22"]),
      fingerprintWith(["deploy", "--password", "hunter33"]),
    ),
  ).toBe("a value that is never shown changed");
  expect(
    explain(
      fingerprintWith(["deploy", "--password", "hunter22"]),
      fingerprintWith(["deploy", "--password", "hunter22"]),
    ),
  ).toBe("its result is no longer kept");
  expect(explain(fingerprintWith(["deploy", "a"]), fingerprintWith(["deploy", "b"]))).toBe("command changed");
});

test("a log is kept without the place of the checkout, and told again with the reader's", () => {
  using rig = createCacheRig();
  const cache = rig.reopen();
  const fingerprint = fingerprintWith(["t"]);
  const outcome = { status: "ok", summary: "ok", evidence: { tool: "t" } } as const;
  const log = Buffer.from(`reads ${join(rig.root, "src", "a.py")}\nends\n`);
  storeResult(
    {
      task,
      prepared: preparedWith(fingerprint),
      outcome,
      outputs: [],
      log,
      durationMs: 1,
      at: 1,
      engine: "1",
      root: rig.root,
      redactor,
    },
    cache,
  );
  const record = cache.lookup(fingerprint.key, () => true);
  if (record === undefined) throw new Error("it is not kept");
  expect(record.inline?.log).toContain("reads ");
  expect(record.inline?.log).not.toContain(rig.root);
  const events: RunEvent[] = [];
  replayLog({ ...resultWith({}), record }, (event) => events.push(event), { cache, root: join(rig.root, "other") });
  expect(events).toMatchObject([
    { line: `reads ${join(rig.root, "other")}${rig.root.includes("\\") ? "\\src\\a.py" : "/src/a.py"}` },
    { line: "ends" },
  ]);
});

function resultWith(more: Partial<TaskResult>): TaskResult {
  return {
    task,
    status: "ok",
    cache: "hit",
    summary: "1 finding",
    durationMs: 0,
    savedMs: 0,
    produced: { evidence: "", outputs: "" },
    advisory: false,
    ...more,
  };
}

test("messages name places from the root, and a finding shows its line", () => {
  const finding = {
    tool: "t",
    rule: "r",
    level: "error",
    message: "differs from {root}/b.py",
    file: "a.py",
    range: { start: { line: 2, column: 1 } },
  } as const;
  const failed = { id: "t.py::t", outcome: "failed", message: "no {root}/x" } as const;
  const diagnostic = { severity: "error", code: "SYM4003", message: "{root}/a", notes: ["{root}/b"] } as const;
  const result = resultWith({
    reason: "{root}/c",
    diagnostics: [diagnostic],
    evidence: { tool: "t", findings: [finding], tests: [failed] },
  });
  const events: RunEvent[] = [];
  const source = { path: "a.py", text: "one\r\ntwo\r\n" };
  emitResult(result, (event) => events.push(event), {
    texts: { root: "/r", source: (path) => (path === "a.py" ? source : undefined) },
    redactor,
    judge: createJudge({ severities: {}, known: new Set(), texts: { source: () => source } }),
  });
  expect(events).toMatchObject([
    { type: "finding", finding: { message: "differs from b.py" }, excerpt: "two" },
    { type: "test", test: { message: "no x" } },
    { type: "task-finished", reason: "c", diagnostics: [{ message: "a", notes: ["b"] }] },
  ]);
});

test("a file with many findings is cut into lines once", () => {
  const text = "x\n".repeat(20_000);
  let reads = 0;
  const source = {
    path: "a.py",
    get text() {
      reads += 1;
      return text;
    },
  };
  const findings = Array.from(
    { length: 500 },
    (_, index) =>
      ({
        tool: "t",
        rule: "r",
        level: "error",
        message: "m",
        file: "a.py",
        range: { start: { line: index + 1, column: 1 } },
      }) as const,
  );
  emitResult(resultWith({ evidence: { tool: "t", findings } }), () => undefined, {
    texts: { root: "/r", source: () => source },
    redactor,
    judge: createJudge({ severities: {}, known: new Set(), texts: { source: () => source } }),
  });
  expect(reads).toBe(1);
});
