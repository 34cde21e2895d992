import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { anyEnvelopes } from "../../../test/report/arbitrary-events.ts";
import { envelopes, firstContact, started } from "../../../test/report/sample-run.ts";
import { isReportable } from "./event-shape.ts";
import { loadRun } from "./load-run.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const LINES = envelopes(firstContact).map((envelope) => JSON.stringify(envelope));

/** The number of events that are read from this text, and the codes of what is said of it. */
function load(text: string | undefined, id = "r1"): readonly [number | "error", ...string[]] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-load-")));
  folders.push(folder);
  mkdirSync(join(folder, id));
  if (text !== undefined) writeFileSync(join(folder, id, "events.jsonl"), text);
  const loaded = loadRun(join(folder, id));
  if (!loaded.ok) return ["error", loaded.error.code];
  return [loaded.value.events.length, ...loaded.value.notices.map(({ code }) => code)];
}

test("a whole run is read without a word", () => {
  expect(load(`${LINES.join("\n")}\n`)).toEqual([LINES.length]);
});

test("a file that is not there, is empty, or cannot be read is an error", () => {
  expect(load(undefined)).toEqual(["error", "SYM4080"]);
  expect(load("\n\n")).toEqual(["error", "SYM4080"]);
});

test("events of another run, or of no run, are an error", () => {
  expect(load(LINES.join("\n"), "r2")).toEqual(["error", "SYM4081"]);
  expect(load('{"a":1}\nhello\n')).toEqual(["error", "SYM4081"]);
  expect(load('{"event":{"type":"finding"}}')).toEqual(["error", "SYM4081"]);
});

test("of a run that was killed there is what there is: a torn last line is no damage", () => {
  const text = LINES.slice(0, 5).join("\n");
  expect(load(`${text}\n`)).toEqual([5, "SYM4083"]);
  expect(load(`${text}\n{"v":1,"run":"r1","se`)).toEqual([5, "SYM4083"]);
});

test("a damaged line is left out and told of, an event of a later version is only left out", () => {
  const later = '{"v":1,"run":"r1","seq":1,"t":1,"event":{"type":"dreamt"}}';
  const shape = '{"v":1,"run":"r1","seq":1,"t":1,"event":{"type":"finding","finding":{"tool":"ruff"}}}';
  const at = (line: string): string => [...LINES.slice(0, 3), line, ...LINES.slice(3)].join("\n");
  expect(load(at(later))).toEqual([LINES.length]);
  expect(load(at("{torn"))).toEqual([LINES.length, "SYM4082"]);
  expect(load(at(shape))).toEqual([LINES.length, "SYM4082"]);
});

test("every event that can be told is one that reports take", () => {
  expect(envelopes([started]).every(isReportable)).toBe(true);
  fc.assert(
    fc.property(anyEnvelopes, (events) => {
      expect(events.filter((event) => !isReportable(event))).toEqual([]);
    }),
  );
});
