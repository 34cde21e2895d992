import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRedactor } from "../redact/redact.ts";
import { openLog, type LogWriter } from "./log-writer.ts";

interface Written {
  readonly log: string;
  readonly told: readonly string[];
  /** How many lines were redacted. */
  readonly redacted: number;
}

/** Writes a log and gives what is in it. */
function written(write: (log: LogWriter) => void): Written {
  const folder = mkdtempSync(join(tmpdir(), "symbiotic-log-"));
  const redactor = createRedactor({ secretValues: [] });
  const told: string[] = [];
  let redacted = 0;
  const redact = (lines: (line: string) => string) => (line: string) => {
    redacted += 1;
    return lines(line);
  };
  try {
    const file = join(folder, "log");
    const streams = { stdout: redact(redactor.lines()), stderr: redact(redactor.lines()) };
    const log = openLog(file, streams, (stream, line) => void told.push(`${stream} ${line}`));
    write(log);
    expect(log.close()).toBeUndefined();
    return { log: readFileSync(file, "utf8"), told, redacted };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Puts a text into a log as a process prints it. */
function print(log: LogWriter, text: string, stream: "stdout" | "stderr" = "stdout"): void {
  const bytes = Buffer.from(text);
  const blocks = log.open(stream);
  for (let at = 0; at < bytes.length; at += 65_536) blocks.push(bytes.subarray(at, at + 65_536));
  blocks.end();
}

function numbered(count: number): string {
  return Array.from({ length: count }, (_, at) => `line ${String(at)} ${"-".repeat(80)}\n`).join("");
}

test("a log that is not long is whole, in the order in which it was printed, and every line is told", () => {
  const { log, told } = written((to) => {
    print(to, "one\ntwo");
    print(to, "three\n", "stderr");
    to.line("stdout", "four");
  });
  expect(log).toBe("one\ntwo\nthree\nfour\n");
  expect(told).toEqual(["stdout one", "stdout two", "stderr three", "stdout four"]);
});

test("of a log that is too long the beginning and the end are kept, and it says how many lines are not", () => {
  const count = 300_000;
  const { log, told, redacted } = written((to) => print(to, numbered(count)));
  const lines = log.split("\n").slice(0, -1);
  const gap = lines.findIndex((line) => line.endsWith("lines left out]"));
  const left = Number(/\d+/.exec(lines[gap] ?? "")?.[0]);
  expect(lines.length - 1 + left).toBe(count);
  expect(lines[gap - 1]).toMatch(new RegExp(`^line ${String(gap - 1)} `));
  expect(lines[gap + 1]).toMatch(new RegExp(`^line ${String(gap + left)} `));
  expect(lines.at(-1)).toMatch(/^line 299999 /);
  for (const part of [lines.slice(0, gap), lines.slice(gap + 1)])
    expect(Math.abs(part.join("\n").length / (4 * 1024 * 1024) - 1)).toBeLessThan(0.05);
  expect(redacted).toBe(lines.length - 1);
  expect(told.length).toBe(10_000 + 1 + 200);
  expect(told[10_000]).toBe(`stdout [${String(count - 10_200)} lines not shown]`);
  expect(told.at(-1)).toMatch(/^stdout line 299999 /);
});

test("lines of nothing are counted too: a log has so many of them and no more", () => {
  const { log, told } = written((to) => print(to, "\n".repeat(2_000_000)));
  expect(log.length).toBeLessThan(600_000);
  expect(log).toMatch(/\n\[\d{7} lines left out\]\n/);
  expect(told.length).toBe(10_201);
});

test("of long lines no more is told than can be held", () => {
  const { told } = written((to) => print(to, `${"x".repeat(60_000)}\n`.repeat(1000)));
  expect(told.join("").length).toBeLessThan(3 * 1024 * 1024);
  expect(told.at(-1)).toBe(`stdout ${"x".repeat(60_000)}`);
});

test("a private key that begins where nothing is kept is not shown where its end is", () => {
  const body = `QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5\n`;
  const key = `-----BEGIN RSA PRIVATE KEY-----\n${body.repeat(70_000)}-----END RSA PRIVATE KEY-----\n`;
  const { log, told } = written((to) => print(to, `${numbered(60_000)}${key}after\n`));
  expect(log.endsWith("[redacted:private-key]\nafter\n")).toBe(true);
  expect(log).toContain("lines left out");
  expect(log).not.toContain(body);
  expect(told.join("\n")).not.toContain(body.trim());
});

test("what two processes print at the same time is not mixed within a line", () => {
  const { log } = written((to) => {
    const [one, two] = [to.open("stdout"), to.open("stdout")];
    one.push(Buffer.from("first "));
    two.push(Buffer.from("second\n"));
    one.push(Buffer.from("line\n"));
  });
  expect(log).toBe("second\nfirst line\n");
});
