import { expect, test } from "vitest";
import { SAMPLE } from "../../test/report/sample-timeline.ts";
import { parseEvents, readEvents } from "./read-events.ts";

const TEXT = SAMPLE.map((envelope) => `${JSON.stringify(envelope)}\n`).join("");

test("what was written is read", () => {
  expect(parseEvents(TEXT)).toEqual(SAMPLE);
});

test("a torn line and a type of a later version are passed over", () => {
  const later = `{"v":1,"run":"r1","seq":2,"t":3,"event":{"type":"from-the-future"}}\n`;
  expect(parseEvents(`${later}null\n[]\n{}\n${TEXT.slice(0, -9)}`)).toEqual(SAMPLE.slice(0, -1));
});

test("a folder without events has none", () => {
  expect(readEvents("/nowhere")).toEqual([]);
});
