import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hashAhead } from "./hash-ahead.ts";
import { digestOf } from "./hash-file.ts";

function folder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "symbiotic-ahead-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

test("the thread's digest is that of the file's bytes, in whatever pieces they are read", () => {
  using made = folder();
  const file = join(made.path, "program");
  const bytes = Buffer.alloc(17 * 1024 * 1024, "ab\0");
  writeFileSync(file, bytes);
  const ahead = hashAhead(file, "as it is");
  expect(ahead.digestOf(file, "as it is")).toBe(digestOf(bytes));
  // Asked again it need not wait.
  expect(ahead.digestOf(file, "as it is")).toBe(digestOf(bytes));
});

test("nothing is known of another file, or of one that looks otherwise by now", () => {
  using made = folder();
  const file = join(made.path, "program");
  writeFileSync(file, "bytes");
  const ahead = hashAhead(file, "as it was");
  expect(ahead.digestOf(`${file}.other`, "as it was")).toBeUndefined();
  expect(ahead.digestOf(file, "as it is")).toBeUndefined();
});

test("nothing is known of a file that cannot be read, and nobody waits for it", () => {
  using made = folder();
  const ahead = hashAhead(join(made.path, "gone"), "as it was");
  expect(ahead.digestOf(join(made.path, "gone"), "as it was")).toBeUndefined();
});
