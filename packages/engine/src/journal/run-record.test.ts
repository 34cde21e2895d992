import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createRunRecord } from "./run-record.ts";

const AT = new Date("2026-11-21T02:31:07.512Z");

test("a run's folder is named after its time, is there, and is ignored by git", () => {
  const root = folder();
  const record = createRunRecord(root, AT);
  expect(record.ok && record.value.id).toMatch(/^20261121-023107-[0-9a-f]{4}$/);
  expect(record.ok && statSync(record.value.directory).isDirectory()).toBe(true);
  expect(record.ok && record.value.directory).toBe(record.ok && join(root, record.value.folder));
  expect(readFileSync(join(root, ".symbiotic/.gitignore"), "utf8")).toBe("*\n");
});

test("runs of one moment have folders of their own", () => {
  const root = folder();
  const ids = Array.from({ length: 2000 }, () => createRunRecord(root, AT)).map(
    (record) => record.ok && record.value.id,
  );
  expect(new Set(ids).size).toBe(2000);
});

test("a place that cannot be written is an error with a way out", () => {
  const root = folder();
  writeFileSync(join(root, ".symbiotic"), "in the way");
  expect(createRunRecord(root, AT)).toMatchObject({ ok: false, error: { code: "SYM4017" } });
});

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), "symbiotic-run-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  return root;
}
