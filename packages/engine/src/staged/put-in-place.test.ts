import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { putEntry, putInPlace, type Entry } from "./put-in-place.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "symbiotic-put-"));
  mkdirSync(join(folder, "source/inner"), { recursive: true });
  writeFileSync(join(folder, "source/a.sh"), "#!/bin/sh\n");
  chmodSync(join(folder, "source/a.sh"), 0o755);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const from = (name: string): string => join(folder, "source", name);
const to = (name: string): string => join(folder, "target", name);

function entries(): Map<string, Entry> {
  return new Map<string, Entry>([
    ["copied", { kind: "copy", source: from("a.sh") }],
    ["linked", { kind: "link", target: from("inner") }],
    ["written", { kind: "file", content: "text\n", mode: 0o644 }],
    ["deeper", { kind: "folder", entries: new Map([["x", { kind: "file", content: "x", mode: 0o600 } as const]]) }],
  ]);
}

test("a folder holds exactly what it is to hold, whatever was there", () => {
  mkdirSync(to("written"), { recursive: true });
  writeFileSync(to("linked"), "a file");
  writeFileSync(to("surplus"), "");
  putInPlace(join(folder, "target"), entries());
  expect(readdirSync(join(folder, "target")).sort()).toEqual(["copied", "deeper", "linked", "written"]);
  expect([readFileSync(to("copied"), "utf8"), lstatSync(to("copied")).mode & 0o777]).toEqual(["#!/bin/sh\n", 0o755]);
  expect(readlinkSync(to("linked"))).toBe(from("inner"));
  expect(readFileSync(to("written"), "utf8")).toBe("text\n");
  expect(readFileSync(to("deeper/x"), "utf8")).toBe("x");
});

test("what is right already is not touched", () => {
  putInPlace(join(folder, "target"), entries());
  const stats = (): bigint[] =>
    ["copied", "linked", "written", "deeper/x"].map((name) => lstatSync(to(name), { bigint: true }).ctimeNs);
  const before = stats();
  putInPlace(join(folder, "target"), entries());
  expect(stats()).toEqual(before);
});

test("a copy is made again when its source or it itself is different", () => {
  const entry: Entry = { kind: "copy", source: from("a.sh") };
  mkdirSync(join(folder, "target"));
  putEntry(to("copied"), entry);
  writeFileSync(to("copied"), "spoilt by a task");
  putEntry(to("copied"), entry);
  expect(readFileSync(to("copied"), "utf8")).toBe("#!/bin/sh\n");
  writeFileSync(from("a.sh"), "longer than before\n");
  putEntry(to("copied"), entry);
  expect(readFileSync(to("copied"), "utf8")).toBe("longer than before\n");
});

test("taking a link away leaves what it led to", () => {
  writeFileSync(from("inner/kept"), "");
  putInPlace(join(folder, "target"), entries());
  putInPlace(join(folder, "target"), new Map());
  expect([readdirSync(join(folder, "target")), existsSync(from("inner/kept"))]).toEqual([[], true]);
});
