import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ended, journalText, runEntry, started, temporaryRoot } from "../../test/journal/sample-journal.ts";
import { JOURNAL_FILE, openJournal } from "./journal.ts";

const RUN = runEntry("20261121-023107-7c1a");
const PLAN = { type: "plan", tasks: ["app:build"] } as const;

test("a run in which nothing starts has its first lines and no more", () => {
  const directory = temporaryRoot();
  openJournal({ directory, first: [RUN, ended("app:old")], later: () => [PLAN] }).close();
  expect(readFileSync(join(directory, JOURNAL_FILE), "utf8")).toBe(journalText(RUN, ended("app:old")));
});

test("the plan is written with the first task that starts, and each line is there as soon as `append` is back", () => {
  const directory = temporaryRoot();
  const journal = openJournal({ directory, first: [RUN], later: () => [PLAN] });
  const text = (): string => readFileSync(join(directory, JOURNAL_FILE), "utf8");
  expect(journal.append(started("app:build"))).toBe(true);
  expect(text()).toBe(journalText(RUN, PLAN, started("app:build")));
  expect(journal.append(ended("app:build"), "durable")).toBe(true);
  expect(text()).toBe(journalText(RUN, PLAN, started("app:build"), ended("app:build")));
  journal.close();
});

test("a journal that cannot be written says so, and what is appended is not written", () => {
  const directory = join(temporaryRoot(), "in-the-way");
  writeFileSync(directory, "");
  const journal = openJournal({ directory, first: [RUN], later: () => [] });
  expect(journal.isWritable()).toBe(false);
  expect(journal.append(started("app:build"))).toBe(false);
  expect(journal.problems()).toMatchObject([{ severity: "warning", code: "SYM4034" }]);
  journal.close();
});
