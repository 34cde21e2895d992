import { spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { createRedactor } from "../../redact/redact.ts";
import { decodeEntry, encodeEntry, NOTHING_BEFORE, type AuditEntry } from "./audit-entry.ts";
import { openAudit, type AuditLog, type AuditParts } from "./audit-log.ts";
import { verifyAudit } from "./verify-audit.ts";

const TIME = "2026-01-01T00:00:00.000Z";

function place(): AuditParts {
  const root = mkdtempSync(join(tmpdir(), "symbiotic-audit-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const redactor = createRedactor({ secretValues: ["correct horse battery"] });
  return { file: join(root, ".ai-audit.jsonl"), folder: join(root, ".symbiotic/audit"), redactor, now: () => TIME };
}

async function written(log: AuditLog, ...events: readonly string[]): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (const event of events) {
    const entry = await log.append({ event, run: "r1", data: { at: entries.length } });
    if (!entry.ok) throw new Error(entry.error.message);
    entries.push(entry.value);
  }
  return entries;
}

/** `ok` with the number of entries and the codes of warnings, or the code and line of what is wrong. */
function verified(parts: AuditParts): string {
  const report = verifyAudit(parts);
  if (!report.ok)
    return [report.error.code, report.error.location?.line].filter((each) => each !== undefined).join(" ");
  return ["ok", report.value.entries, ...report.value.warnings.map(({ code }) => code)].join(" ");
}

test("each line follows from the one before it, and is for its owner alone", async () => {
  const parts = place();
  expect(verified(parts)).toBe("ok 0");
  await written(openAudit(parts), "agent-started", "agent-ended");
  const lines = readFileSync(parts.file, "utf8").split("\n");
  const [one, two] = lines.map(decodeEntry);
  expect(one?.entry).toEqual({
    v: 1,
    seq: 1,
    time: TIME,
    event: "agent-started",
    run: "r1",
    data: { at: 0 },
    prev: NOTHING_BEFORE,
  });
  expect(two?.entry).toMatchObject({ seq: 2, prev: one?.hash });
  expect(lines).toHaveLength(3);
  expect(verified(parts)).toBe("ok 2");
  if (process.platform !== "win32") expect(statSync(parts.file).mode & 0o777).toBe(0o600);
});

test("secrets are not written, and no entry is larger than anybody reads", async () => {
  const parts = place();
  const token = `ghp_${"aB3dE5gH7j".repeat(4)}`;
  const data = { line: `push ${token}`, password: "hunter2", deep: ["correct horse battery"] };
  await openAudit(parts).append({ event: "command", data });
  await openAudit(parts).append({ event: "command", data: "x ".repeat(1_000_000) });
  const text = readFileSync(parts.file, "utf8");
  expect(text).toContain("[redacted:github]");
  for (const secret of [token, "hunter2", "correct horse"]) expect(text).not.toContain(secret);
  expect(text.length).toBeLessThan(2000);
  expect(verified(parts)).toBe("ok 2");
});

test("any line that is changed, taken away, added or moved is named, the first of them", async () => {
  const parts = place();
  await written(openAudit(parts), "a", "b", "c", "d");
  const lines = readFileSync(parts.file, "utf8").trimEnd().split("\n");
  const [a = "", b = "", c = "", d = ""] = lines;
  const other = encodeEntry({ v: 1, seq: 2, time: TIME, event: "x", prev: decodeEntry(a)?.hash ?? "" });
  const cases: readonly (readonly [readonly string[], string])[] = [
    [lines, "ok 4"],
    [[a, b.replace('"b"', '"x"'), c, d], "SYM5041 2"],
    [[a, b.replace("{", "{ "), c, d], "SYM5041 2"],
    [[a, other, c, d], "SYM5041 3"],
    [[a, c, d], "SYM5041 2"],
    [[b, c, d], "SYM5041 1"],
    [[a, c, b, d], "SYM5041 2"],
    [[a, a, b, c, d], "SYM5041 2"],
    [[a, b, "", c, d], "SYM5041 3"],
    [[a, "no line", c, "no line"], "SYM5041 2"],
    [[a, b, c], "SYM5043"],
    [[], "SYM5043"],
  ];
  for (const [kept, answer] of cases) {
    writeFileSync(parts.file, kept.map((line) => `${line}\n`).join(""));
    expect([kept.length, verified(parts)]).toEqual([kept.length, answer]);
  }
});

test("entries that were made again with right hashes do not follow from what is known beside the log", async () => {
  const parts = place();
  await written(openAudit(parts), "a", "b");
  const [a = ""] = readFileSync(parts.file, "utf8").split("\n");
  const first = decodeEntry(a);
  const forged: AuditEntry = { v: 1, seq: 2, time: TIME, event: "x", prev: first?.hash ?? "" };
  writeFileSync(parts.file, `${a}\n${encodeEntry(forged)}\n`);
  expect(verified(parts)).toBe("SYM5043");
  expect(await openAudit(parts).append({ event: "c" })).toMatchObject({ ok: false, error: { code: "SYM5043" } });
});

test("a torn last line is set aside wherever it is torn, and the next entry says so", async () => {
  const parts = place();
  await written(openAudit(parts), "a", "b");
  const text = readFileSync(parts.file, "utf8");
  const start = text.indexOf("\n") + 1;
  for (let end = start + 1; end < text.length; end += 7) {
    rmSync(parts.folder, { recursive: true });
    const torn = text.slice(start, end);
    writeFileSync(parts.file, text.slice(0, end));
    expect(verified(parts)).toBe(torn.length === text.length - 1 - start ? "ok 2" : "ok 1 SYM5042");
    const [entry] = await written(openAudit(parts), "c");
    expect(entry).toMatchObject({ seq: 2, torn: { bytes: torn.length } });
    expect(readFileSync(join(parts.folder, entry?.torn?.kept ?? ""), "utf8")).toBe(torn);
    expect(verified(parts)).toBe("ok 2");
  }
});

test("a last line that lacks nothing but its line break is whole", async () => {
  const parts = place();
  await written(openAudit(parts), "a", "b");
  writeFileSync(parts.file, readFileSync(parts.file, "utf8").slice(0, -1));
  expect(verified(parts)).toBe("ok 2");
  const [entry] = await written(openAudit(parts), "c");
  expect(entry).toMatchObject({ seq: 3 });
  expect(entry?.torn).toBeUndefined();
  expect(verified(parts)).toBe("ok 3");
});

test("a torn line may be longer than what is read at once, and be all that there is", async () => {
  const parts = place();
  writeFileSync(parts.file, "\0".repeat(200_000));
  await written(openAudit(parts), "a");
  expect(verified(parts)).toBe("ok 1");
  appendFileSync(parts.file, "y".repeat(200_000));
  const [entry] = await written(openAudit(parts), "b");
  expect(entry).toMatchObject({ seq: 2, torn: { bytes: 200_000 } });
});

test("nothing is written behind a line that is not what was written, or where nothing can be", async () => {
  const parts = place();
  await written(openAudit(parts), "a");
  appendFileSync(parts.file, "not ours\n");
  expect(await openAudit(parts).append({ event: "b" })).toMatchObject({ ok: false, error: { code: "SYM5041" } });
  expect(readFileSync(parts.file, "utf8")).toMatch(/not ours\n$/);
  const other = place();
  mkdirSync(other.file);
  expect(await openAudit(other).append({ event: "b" })).toMatchObject({ ok: false, error: { code: "SYM5040" } });
  expect(verified(other)).toBe("SYM5040");
  const third = place();
  writeFileSync(join(third.folder, "../../.symbiotic"), "");
  expect(await openAudit(third).append({ event: "b" })).toMatchObject({ ok: false, error: { code: "SYM5040" } });
  expect(existsSync(third.file)).toBe(false);
});

test("the entry that ends a run says how many there were of it", async () => {
  const parts = place();
  const log = openAudit(parts);
  await written(log, "a", "b");
  await log.append({ event: "x", run: "r2" });
  expect(await log.closeRun("r1", { result: "applied", entries: 99 })).toMatchObject({
    ok: true,
    value: { event: "run", run: "r1", seq: 4, data: { result: "applied", entries: 2 } },
  });
  expect(await openAudit(place()).closeRun("r1")).toMatchObject({ ok: true, value: { data: { entries: 0 } } });
});

const PROGRAM = `
  import { openAudit } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, "audit-log.ts")).href)};
  import { createRedactor } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, "../../redact/redact.ts")).href)};
  const [, file, folder, name, count] = process.argv;
  const log = openAudit({ file, folder, redactor: createRedactor({ secretValues: [] }), now: () => new Date().toISOString() });
  for (let at = 0; at < Number(count); at += 1) {
    const done = await log.append({ event: "step", run: name, data: { at, text: "x".repeat(at * 100) } });
    if (!done.ok) throw new Error(done.error.code + done.error.message);
  }
`;

function writer({ file, folder }: AuditParts, name: string, count: number) {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", PROGRAM, file, folder, name, String(count)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const ended = new Promise<string>((resolve) => {
    child.on("close", (code) => {
      resolve(`${String(code)} ${errors.includes("SYM") ? errors : ""}`);
    });
  });
  return { child, ended };
}

test("many processes write at once, and every line follows from the one before it", async () => {
  const parts = place();
  const names = ["p1", "p2", "p3", "p4", "p5", "p6"];
  expect(await Promise.all(names.map((name) => writer(parts, name, 12).ended))).toEqual(names.map(() => "0 "));
  expect(verified(parts)).toBe("ok 72");
  const entries = readFileSync(parts.file, "utf8").trimEnd().split("\n").map(decodeEntry);
  for (const name of names) {
    const own = entries.flatMap((each) => (each?.entry.run === name ? [each.entry.data] : []));
    expect(own).toMatchObject(Array.from({ length: 12 }, (_, at) => ({ at })));
  }
}, 60_000);

test("a process that is killed while it writes leaves a log that the next one goes on with", async () => {
  const parts = place();
  const { child, ended } = writer(parts, "p1", 100_000);
  while (!existsSync(parts.file) || statSync(parts.file).size < 20_000)
    await new Promise((resolve) => setImmediate(resolve));
  child.kill("SIGKILL");
  await ended;
  const before = verified(parts);
  expect(before).toMatch(/^ok \d+( SYM5042)?$/);
  await written(openAudit(parts), "after");
  expect(verified(parts)).toMatch(/^ok \d+$/);
}, 60_000);
