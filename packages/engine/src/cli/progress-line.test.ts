import { expect, test } from "vitest";
import type { CliContext } from "./command.ts";
import { progressLine } from "./progress-line.ts";

type Watched = Pick<CliContext, "terminal" | "write" | "now"> & { readonly environment: { readonly ci: boolean } };

function bench({ isTTY = true, ci = false }): { context: Watched; at: { time: number }; written: string[] } {
  const [at, written] = [{ time: 0 }, [] as string[]];
  const terminal = { isTTY, colour: false, size: () => ({ columns: 10, rows: 5 }) };
  const write = (stream: string, text: string): void => void written.push(`${stream}: ${text}`);
  return { context: { terminal, write, now: () => at.time, environment: { ci } }, at, written };
}

test("work that takes long shows how far it is, not too often, in the width of the terminal, and leaves nothing", () => {
  const { context, at, written } = bench({});
  const line = progressLine(context);
  for (at.time = 0; at.time <= 600; at.time += 50) line.show(() => `done ${String(at.time)} of 600`);
  line.end();
  line.end();
  expect(written).toEqual([
    "stderr: \rdone 400 \u001b[K",
    "stderr: \rdone 500 \u001b[K",
    "stderr: \rdone 600 \u001b[K",
    "stderr: \r\u001b[K",
  ]);
});

test("short work shows nothing", () => {
  const { context, written } = bench({});
  const line = progressLine(context);
  line.show(() => "done");
  line.end();
  expect(written).toEqual([]);
});

for (const watched of [{ isTTY: false }, { ci: true }]) {
  test(`nothing shows where nobody watches: ${JSON.stringify(watched)}`, () => {
    const { context, at, written } = bench(watched);
    const line = progressLine(context);
    at.time = 10_000;
    line.show(() => "done");
    line.end();
    expect(written).toEqual([]);
  });
}
