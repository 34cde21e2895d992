import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compactFrames, readFrames } from "./compact-frames.ts";
import { openFrameFile } from "./frame-file.ts";
import { startProgram, temporaryFolder } from "./testing/samples.ts";

test("a rewrite keeps what was chosen, in the order chosen, and an open reader starts again", () => {
  using at = temporaryFolder();
  const path = join(at.path, "frames");
  const file = openFrameFile(path);
  for (const name of ["a", "b", "c"]) file.append({ name, json: "1" });
  const seen: string[] = [];
  const read = (): void =>
    void file.read(
      (name) => seen.push(name),
      () => seen.push("reset"),
    );
  read();
  expect(compactFrames(path, (frames) => frames.filter(({ name }) => name !== "b").reverse())).toBe(1);
  read();
  expect(seen).toEqual(["a", "b", "c", "reset", "c", "a"]);
  expect(compactFrames(join(at.path, "missing"), (frames) => frames)).toBe(0);
});

test("a rewrite that finds nothing to drop leaves the file alone", () => {
  using at = temporaryFolder();
  const path = join(at.path, "frames");
  openFrameFile(path).append({ name: "a", json: "1" });
  const before = readFileSync(path);
  expect(compactFrames(path, (frames) => frames)).toBe(0);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test("what a process appends while another rewrites is not lost", async () => {
  using at = temporaryFolder();
  const path = join(at.path, "frames");
  const count = 400;
  const program = `
    import { openFrameFile } from ${JSON.stringify(new URL("./frame-file.ts", import.meta.url).href)};
    const file = openFrameFile(process.argv[1]);
    for (let at = 0; at < Number(process.argv[2]); at += 1) {
      file.append({ name: "keep", json: String(at) });
      file.append({ name: "drop", json: String(at) });
    }`;
  const { child, stop } = startProgram(program, [path, String(count)]);
  onTestFinished(stop);
  let dropped = 0;
  while (child.exitCode === null) {
    dropped += compactFrames(path, (frames) => frames.filter(({ name }) => name === "keep"));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(child.exitCode).toBe(0);
  expect(dropped).toBeGreaterThan(0);
  const kept = readFrames(readFileSync(path)).frames.filter(({ name }) => name === "keep");
  expect(new Set(kept.map(({ value }) => value))).toEqual(
    new Set(Array.from({ length: count }, (_, number) => number)),
  );
});
