import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { inTurn } from "./in-turn.ts";

const folder = mkdtempSync(join(tmpdir(), "symbiotic-turn-"));
const PLACE = { commonDir: folder, name: "stack" } as const;
const NEVER = new AbortController().signal;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("one begins when the other has ended, well or not, and what waits ends with its signal", async () => {
  const seen: string[] = [];
  const gate = Promise.withResolvers<undefined>();
  const first = inTurn(PLACE, NEVER, async () => {
    seen.push("first begins");
    await gate.promise;
    seen.push("first ends");
    throw new Error("it failed");
  });
  const second = inTurn(PLACE, NEVER, () => Promise.resolve(seen.push("second")));
  const other = inTurn({ ...PLACE, name: "workflow" }, NEVER, () => Promise.resolve(seen.push("of another name")));
  const stopped = inTurn(PLACE, AbortSignal.abort(), () => Promise.resolve(seen.push("stopped")));
  await expect(stopped).rejects.toThrow();
  await other;
  await setImmediate();
  expect(seen).toEqual(["first begins", "of another name"]);
  gate.resolve(undefined);
  await expect(first).rejects.toThrow("it failed");
  await second;
  expect(seen).toEqual(["first begins", "of another name", "first ends", "second"]);
});
