import { expect, test } from "vitest";
import { FromCycle, ToCycle } from "./cycle-message.ts";

test.each([{ changed: null }, { changed: [] }, { changed: ["a/b.txt"] }, { stop: "SIGINT" }, { stop: "SIGTERM" }])(
  "%j is a message to a run",
  (message) => {
    expect(ToCycle.parse(message)).toEqual(message);
  },
);

test.each([{}, { changed: "a" }, { changed: [1] }, { stop: "SIGKILL" }, { changed: null, more: 1 }, null, "stop"])(
  "%j is none",
  (message) => {
    expect(ToCycle.safeParse(message).success).toBe(false);
  },
);

test("a run tells what its tasks own and what counts although it is ignored", () => {
  const message = { owned: ["a/dist"], literal: ["a/.env"], seen: ["a/x.txt"] };
  expect(FromCycle.parse(message)).toEqual(message);
  expect(FromCycle.safeParse({ owned: ["a/dist"] }).success).toBe(false);
  expect(FromCycle.safeParse({ ...message, ready: true }).success).toBe(false);
});

test("a path that is not UTF-8 stays what it is", () => {
  const message = JSON.parse(JSON.stringify({ changed: ["a/\udcffd/x.txt"] })) as unknown;
  expect(ToCycle.parse(message)).toEqual({ changed: ["a/\udcffd/x.txt"] });
});
