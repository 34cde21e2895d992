import { expect, test } from "vitest";
import { DEAD, ended, journalText, KEY, runEntry, started, temporaryRoot } from "../../test/journal/sample-journal.ts";
import { foldJournal, readJournal } from "./read-journal.ts";

const RUN = "20261121-023107-7c1a";

test("the last word on a task counts", () => {
  const text = journalText(
    runEntry(RUN),
    { type: "plan", tasks: ["app:build", "app:push", "app:tell"] },
    started("app:build"),
    ended("app:build"),
    started("app:push", { once: "effect" }),
    ended("app:push", { status: "failed", once: "effect" }),
    started("app:push", { once: "effect" }),
  );
  const state = foldJournal(text);
  expect(state?.run).toMatchObject({ run: RUN, process: DEAD });
  expect(state?.plan).toEqual(["app:build", "app:push", "app:tell"]);
  expect([...(state?.tasks ?? [])].map(([task, { type }]) => `${task} ${type}`)).toEqual([
    "app:build ended",
    "app:push started",
  ]);
  expect(state).toMatchObject({ isWhole: true, resumedBy: undefined });
});

test("a torn last line was never acted upon: the journal is whole without it", () => {
  const text = journalText(runEntry(RUN), started("app:build"), ended("app:build"));
  const state = foldJournal(text.slice(0, -5));
  expect(state?.tasks.get("app:build")).toEqual({ type: "started", task: "app:build", key: KEY });
  expect(state?.isWhole).toBe(true);
});

test("a damaged line before others is passed over, and the journal is no longer whole", () => {
  const lines = [runEntry(RUN), started("app:push"), ended("app:build")].map((entry) => journalText(entry));
  const state = foldJournal([lines[0], lines[1]?.replace("app:push", "app:pull"), lines[2]].join(""));
  expect([...(state?.tasks.keys() ?? [])]).toEqual(["app:build"]);
  expect(state?.isWhole).toBe(false);
});

test("a journal that another run has taken over says by which", () => {
  const torn = journalText(runEntry(RUN), started("app:build")).slice(0, -5);
  const text = `${torn}\n${journalText({ type: "resumed", by: "20261121-023500-0001" })}`;
  expect(foldJournal(text)).toMatchObject({ resumedBy: "20261121-023500-0001" });
});

test.each([
  ["nothing", ""],
  ["no first line", journalText(started("app:build"))],
  ["a damaged first line", `x${journalText(runEntry(RUN), started("app:build"))}`],
  ["another version", journalText({ ...runEntry(RUN), v: 2 as 1 })],
])("%s is no journal", (_what, text) => {
  expect(foldJournal(text)).toBeUndefined();
});

test("a folder without a journal has none", () => {
  expect(readJournal(temporaryRoot())).toBeUndefined();
});
