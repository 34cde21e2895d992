import { expect, test } from "vitest";
import type { AgentUsage, UsageEvent } from "../plugin/agent.ts";
import { createTally } from "./tally.ts";

function tokens(input: number, output = 0): AgentUsage {
  return { input, cacheRead: 0, cacheWrite: 0, output };
}

function call(id: string, input: number, more: Partial<UsageEvent> = {}): UsageEvent {
  return { type: "usage", of: "call", id, usage: tokens(input), ...more };
}

test("an answer that is told twice counts once, with what was told last", () => {
  const tally = createTally({}, undefined);
  tally.begin(false);
  tally.take(call("a", 10));
  tally.take(call("a", 12));
  tally.take(call("b", 1, { isSide: true }));
  expect(tally.spent()).toEqual({ usage: tokens(13), turns: 1, isEstimate: true });
});

test("the sum that a run tells stands for its answers, and has the vendor's own cost", () => {
  const tally = createTally({}, undefined);
  tally.begin(false);
  tally.take(call("a", 10));
  tally.take({ type: "usage", of: "run", usage: tokens(10, 5), usd: 0.25 });
  expect(tally.spent()).toEqual({ usage: tokens(10, 5), turns: 1, usd: 0.25, isEstimate: false });
});

test("of a session that has gone on only the difference counts", () => {
  const tally = createTally({}, { usage: tokens(100) });
  tally.begin(true);
  tally.take({ type: "usage", of: "session", usage: tokens(130, 7) });
  expect(tally.spent().usage).toEqual(tokens(30, 7));
  expect(tally.totals()).toEqual({ usage: tokens(130, 7) });
  // Asked again in the same session.
  tally.begin(true);
  tally.take({ type: "usage", of: "session", usage: tokens(150, 7) });
  expect(tally.spent().usage).toEqual(tokens(50, 7));
});

test("where nobody knows what the session had used, its answers are counted one by one", () => {
  const tally = createTally({}, undefined);
  tally.begin(true);
  tally.take(call("a", 20));
  tally.take({ type: "usage", of: "session", usage: tokens(500) });
  expect(tally.spent().usage).toEqual(tokens(20));
  expect(tally.totals()).toEqual({ usage: tokens(500) });
});

test("a second session begins with nothing, and what the first has used stays", () => {
  const tally = createTally({ m: { input: 1, output: 1 } }, undefined);
  tally.model("m");
  tally.begin(false);
  tally.take({ type: "usage", of: "session", usage: tokens(1_000_000) });
  tally.begin(false);
  tally.take({ type: "usage", of: "session", usage: tokens(2_000_000) });
  expect(tally.spent()).toEqual({ usage: tokens(3_000_000), usd: 3, isEstimate: true, turns: 0 });
});

test("a cost of which a part is not known is not known", () => {
  const tally = createTally({}, undefined);
  tally.begin(false);
  tally.take({ type: "usage", of: "run", usage: tokens(1), usd: 1 });
  tally.begin(false);
  tally.take(call("a", 5));
  expect(tally.spent()).not.toHaveProperty("usd");
});

test("a process that used nothing costs nothing, whatever its model", () => {
  const tally = createTally({}, undefined);
  tally.begin(false);
  expect(tally.spent()).toEqual({ usage: tokens(0), usd: 0, isEstimate: false, turns: 0 });
});

test("over the budget is what is more than it, and the message says of what", () => {
  const tally = createTally({ m: { input: 1, output: 1 } }, undefined);
  tally.model("m");
  tally.begin(false);
  tally.take(call("a", 1_000_000));
  const milliseconds = 1;
  expect(tally.over({ milliseconds, usd: 1, tokens: 1_000_000, turns: 1 })).toBeUndefined();
  tally.take(call("b", 1_000_000));
  expect(tally.over({ milliseconds, usd: 1 })).toEqual({
    end: "budget",
    message: "it has cost $2.00, and $1.00 were allowed",
  });
  expect(tally.over({ milliseconds, tokens: 1_500_000 })).toEqual({
    end: "budget",
    message: "it has used 2000000 tokens, and 1500000 were allowed",
  });
  expect(tally.over({ milliseconds, turns: 1 })).toEqual({
    end: "turn-limit",
    message: "it has taken more than 1 turns",
  });
});
