import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { inTurn } from "./in-turn.ts";

const folder = mkdtempSync(join(tmpdir(), "symbiotic-turn-"));
const NEVER = new AbortController().signal;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("one begins when the other has ended, well or not, and what waits ends with its signal", async () => {
  const seen: string[] = [];
  const gate = Promise.withResolvers<undefined>();
  const first = inTurn(folder, NEVER, async () => {
    seen.push("first begins");
    await gate.promise;
    seen.push("first ends");
    throw new Error("it failed");
  });
  const second = inTurn(folder, NEVER, () => Promise.resolve(seen.push("second")));
  const stopped = inTurn(folder, AbortSignal.abort(), () => Promise.resolve(seen.push("stopped")));
  await expect(stopped).rejects.toThrow();
  await setImmediate();
  expect(seen).toEqual(["first begins"]);
  gate.resolve(undefined);
  await expect(first).rejects.toThrow("it failed");
  await second;
  expect(seen).toEqual(["first begins", "first ends", "second"]);
});
