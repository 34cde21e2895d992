import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pruneSessions } from "../../agent/prune-sessions.ts";
import { callId } from "./edit-request.ts";

test("calls that begin in one millisecond are told apart, and sort by when they began", () => {
  const at = new Date("2026-11-21T02:31:01.112Z");
  const ids = Array.from({ length: 1000 }, () => callId(at));
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^20261121T023101112Z-[0-9a-f]{8}$/);
  expect((ids[0] ?? "") < callId(new Date(at.getTime() + 1))).toBe(true);
});

test("of the logs of calls the latest hundred stay, and all else that lies there", () => {
  const folder = mkdtempSync(join(tmpdir(), "symbiotic-sessions-"));
  try {
    const ids = Array.from({ length: 103 }, (_, at) => callId(new Date(Date.UTC(2026, 0, 1) + at)));
    for (const name of [...ids, "mine"]) mkdirSync(join(folder, name));
    pruneSessions(join(folder, ids[0] ?? ""));
    expect(readdirSync(folder).sort()).toEqual([...ids.slice(3), "mine"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
