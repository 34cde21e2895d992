import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyEnvelopes } from "../../test/report/arbitrary-events.ts";
import { envelopes, firstContact, report } from "../../test/report/sample-run.ts";
import type { Envelope } from "../core/event.ts";
import { createJsonLinesReporter } from "./json-lines.ts";

const SCHEMA = new URL("../../../../docs/schemas/event.schema.json", import.meta.url);
const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(SCHEMA, "utf8")) as object);

function linesOf(all: readonly Envelope[]): string[] {
  const lines: string[] = [];
  const reporter = createJsonLinesReporter({ write: (_stream, text) => lines.push(text) });
  for (const envelope of all) reporter.handle(envelope);
  reporter.close();
  return lines;
}

test("each event is one line of JSON on stdout", () => {
  const { stdout, stderr } = report((write) => createJsonLinesReporter({ write }), firstContact);
  const lines = stdout.trimEnd().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(envelopes(firstContact));
  expect(stderr).toBe("");
});

test("whatever is reported, a line holds the same values, no control characters, and is as the schema says", () => {
  fc.assert(
    fc.property(anyEnvelopes, (all) => {
      const lines = linesOf(all);
      expect(lines.map((line): unknown => JSON.parse(line))).toEqual(all);
      // This is what must not be there
      for (const line of lines) expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      for (const envelope of all) expect(validate(envelope), JSON.stringify(validate.errors)).toBe(true);
    }),
  );
});

test("the schema refuses what is no event", () => {
  const [first] = envelopes(firstContact);
  expect(validate(first)).toBe(true);
  expect(validate({ ...first, v: 2 })).toBe(false);
  expect(validate({ ...first, event: { type: "task-started", more: 1 } })).toBe(false);
  expect(validate({ ...first, event: { type: "unheard-of" } })).toBe(false);
});
