import { expect, test } from "vitest";
import { replyCheck } from "./reply.ts";

const SCHEMA = {
  type: "object",
  properties: {
    verdict: { enum: ["pass", "fail"] },
    notes: { type: "array", items: { type: "string", minLength: 1 }, default: [] },
  },
  required: ["verdict"],
  additionalProperties: false,
};

function check(text: string, reply?: Parameters<ReturnType<typeof checker>>[0]["reply"]): unknown {
  return checker()({ text, ...(reply === undefined ? {} : { reply }) });
}

function checker(): Extract<ReturnType<typeof replyCheck>, { ok: true }>["value"] {
  const made = replyCheck(SCHEMA);
  if (!made.ok) throw new Error(made.error);
  return made.value;
}

test("JSON that fits is given as it came, in a block of code or not", () => {
  const value = { verdict: "pass" };
  expect(check('{"verdict":"pass"}')).toEqual({ ok: true, value });
  expect(check('```json\n{"verdict":"pass"}\n```')).toEqual({ ok: true, value });
  expect(check("whatever was said", value)).toEqual({ ok: true, value });
});

test.each<[string, RegExp]>([
  ["", /^it is empty$/],
  ["All is well.", /^it is no JSON: /],
  ['{"verdict":"pass"} and that is that', /^it is no JSON: /],
  ["{}", /^verdict: /],
  ['{"verdict":"maybe"}', /^verdict: .*pass/],
  ['{"verdict":"pass","notes":["a",""]}', /^notes\.1: /],
  ['{"verdict":"pass","more":1}', /more/],
  ["[]", /expected object/],
])("%s does not fit, and it is told why", (text, why) => {
  expect(check(text)).toMatchObject({ ok: false, error: expect.stringMatching(why) });
});

test("a schema that leads elsewhere is none", () => {
  expect(replyCheck({ $ref: "https://example.org/x.json" })).toMatchObject({ ok: false });
  expect(replyCheck({ type: "object", if: {}, then: {} })).toMatchObject({ ok: false });
});
