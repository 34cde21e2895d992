import { expect, test } from "vitest";
import type { Opened } from "../../open.ts";
import { createPurse, type Purse, type Taken } from "./purse.ts";

function purseOf(run: number | undefined): Purse {
  const budget = run === undefined ? {} : { budget: { run } };
  return createPurse({ repository: {}, config: { settings: { agents: budget } } } as unknown as Opened);
}

async function taken(purse: Purse, usd?: number): Promise<Taken> {
  const money = await purse.take(usd);
  if (!money.ok) throw new Error(money.error.message);
  return money.value;
}

test("without a bound a task has what it says itself", async () => {
  expect([await taken(purseOf(undefined), 3), await taken(purseOf(undefined))]).toMatchObject([
    { usd: 3 },
    { usd: undefined },
  ]);
});

test("agents side by side cannot use more than all of them may", async () => {
  const purse = purseOf(2);
  const [first, second] = [await taken(purse, 1.5), await taken(purse, 1.5)];
  expect([first.usd, second.usd]).toEqual([1.5, 0.5]);
  const third = taken(purse, 1.5);
  first.spent(0.25);
  expect((await third).usd).toBe(1.25);
  second.spent(0.5);
  (await third).spent(1.25);
  expect(await purse.take(1)).toMatchObject({ ok: false, error: { code: "SYM5112" } });
});

test("one that says nothing has all that is left, and the next one waits for what it gives back", async () => {
  const purse = purseOf(2);
  const all = await taken(purse);
  expect(all.usd).toBe(2);
  const next = taken(purse);
  all.spent(2);
  await expect(next).rejects.toThrow("no agent is asked any more");
});
