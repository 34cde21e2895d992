import { expect, test } from "vitest";
import { z } from "zod";
import { readJson } from "./read-json.ts";
import { stopped } from "./stopped.ts";

const schema = z.object({ version: z.literal(2), items: z.array(z.string()) });

test("a report as its schema says is read", () => {
  expect(readJson("t", '{ "version": 2, "items": ["a"], "more": 1 }', schema)).toMatchObject({
    ok: true,
    value: { items: ["a"] },
  });
});

test.each([
  ["nothing", "", "it wrote nothing"],
  ["half of one", '{ "version": 2, "it', 'it began with: { "version": 2, "it'],
  ["another format", '{ "version": 3, "items": [] }', "version: "],
  ["another shape", '{ "version": 2, "items": [1] }', "items.0: "],
])("%s is an error that says how it begins", (_, text, note) => {
  const read = readJson("t", text, schema);
  expect(read).toMatchObject({ ok: false, error: { code: "SYM4462", hint: expect.stringContaining("by hand") } });
  expect(!read.ok && read.error.notes?.some((each) => each.startsWith(note))).toBe(true);
});

test.each([
  ["Traceback (most recent call last):\n  File x\nValueError: no such rule", "ValueError: no such rule"],
  ["loading\nfatal: no settings\nsee the manual", "fatal: no settings"],
  ["", "it wrote no reason"],
])("a tool that stopped with %j says %s", (stderr, reason) => {
  expect(stopped("t", { exitCode: 2, stderr, stdout: "" })).toMatchObject({
    code: "SYM4461",
    message: `t stopped with exit code 2: ${reason}`,
  });
});

test("what it wrote to stdout counts where stderr is empty, and no more than its end is kept", () => {
  const stdout = Array.from({ length: 50 }, (_, line) => `line ${String(line)}`).join("\n");
  expect(stopped("t", { exitCode: 3, stderr: " \n", stdout })).toMatchObject({
    message: "t stopped with exit code 3: line 49",
    notes: { length: 20 },
  });
});
