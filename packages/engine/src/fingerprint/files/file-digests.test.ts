import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodePath, encodePath } from "../../core/path.ts";
import type { DigestResult } from "./file-digest.ts";
import { createFileDigests, type FileMemo } from "./file-digests.ts";
import { openFileMemo } from "./file-memo.ts";

const LATER = (): number => Date.now() + 60_000;

function workTree(): { readonly root: string } & Disposable {
  const root = mkdtempSync(join(tmpdir(), "symbiotic-files-"));
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

function countingMemo(): FileMemo & { readonly answers: Map<string, string>; readonly kept: string[] } {
  const answers = new Map<string, string>();
  const kept: string[] = [];
  return { answers, kept, get: (path) => answers.get(path), set: (path) => void kept.push(path) };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function value(result: DigestResult): unknown {
  return result.ok ? result.value : result.error;
}

test("a digest is the mode and the sha256 of the bytes in the work tree, and of the text of a link that leads to no file", () => {
  using tree = workTree();
  writeFileSync(join(tree.root, "a.py"), "x = 1\n");
  writeFileSync(join(tree.root, "run.sh"), "#!/bin/sh\n");
  chmodSync(join(tree.root, "run.sh"), 0o755);
  symlinkSync("gone.py", join(tree.root, "link"));
  const { digest } = createFileDigests({ root: tree.root, memo: countingMemo(), now: LATER });
  expect(value(digest("a.py"))).toEqual({ path: "a.py", mode: "100644", sha256: sha256("x = 1\n") });
  const executable = process.platform === "win32" ? "100644" : "100755";
  expect(value(digest("run.sh"))).toEqual({ path: "run.sh", mode: executable, sha256: sha256("#!/bin/sh\n") });
  expect(value(digest("link"))).toEqual({ path: "link", mode: "120000", sha256: sha256("gone.py") });
});

test("a link to a file changes with its own text, with the bytes behind it and with whether they can be run", () => {
  using tree = workTree();
  using other = workTree();
  for (const name of ["a.py", "same.py"]) writeFileSync(join(tree.root, name), "1");
  writeFileSync(join(other.root, "outside.py"), "1");
  const digestOf = (text: string): unknown => {
    rmSync(join(tree.root, "link"), { force: true });
    symlinkSync(text, join(tree.root, "link"));
    const memo = openFileMemo(join(tree.root, ".memo"));
    const found = createFileDigests({ root: tree.root, memo, now: LATER }).digest("link");
    memo.save();
    return value(found);
  };
  const outside = join(other.root, "outside.py");
  const all = [digestOf("a.py"), digestOf("same.py"), digestOf(outside)];
  expect(digestOf("a.py")).toEqual(all[0]);
  writeFileSync(join(tree.root, "a.py"), "2");
  writeFileSync(outside, "2");
  all.push(digestOf("a.py"), digestOf(outside));
  chmodSync(join(tree.root, "a.py"), 0o755);
  if (process.platform !== "win32") all.push(digestOf("a.py"));
  expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(all.length);
});

test("an edit behind a link that was undone while a task ran is seen", () => {
  using tree = workTree();
  writeFileSync(join(tree.root, "a.py"), "1");
  symlinkSync("a.py", join(tree.root, "link"));
  const digests = createFileDigests({ root: tree.root, memo: countingMemo(), now: LATER });
  digests.digest("link");
  expect(digests.verify(["link"])).toEqual([]);
  utimesSync(join(tree.root, "a.py"), 1, 1);
  expect(digests.verify(["link"])).toEqual(["link"]);
});

test("what is missing, lies below a file, or is a folder has no digest", () => {
  using tree = workTree();
  mkdirSync(join(tree.root, "folder"));
  writeFileSync(join(tree.root, "file"), "");
  const { digest } = createFileDigests({ root: tree.root, memo: countingMemo(), now: LATER });
  expect(["missing", "file/below", "folder"].map((path) => digest(path))).toEqual(
    Array.from({ length: 3 }, () => ({ ok: true, value: undefined })),
  );
});

test("a file that cannot be looked at is a diagnostic, not a missing file", () => {
  using tree = workTree();
  symlinkSync("loop", join(tree.root, "loop"));
  const { digest } = createFileDigests({ root: tree.root, memo: countingMemo(), now: LATER });
  expect(digest("loop/inside.py")).toMatchObject({ ok: false, error: { code: "SYM6001" } });
});

test.runIf(process.platform === "linux")("a name that is not UTF-8 is read like any other", () => {
  using tree = workTree();
  const path = decodePath(Buffer.from([0x66, 0xff, 0x2e, 0x70, 0x79]));
  writeFileSync(encodePath(`${tree.root}/${path}`), "y");
  const { digest } = createFileDigests({ root: tree.root, memo: countingMemo(), now: LATER });
  expect(value(digest(path))).toEqual({ path, mode: "100644", sha256: sha256("y") });
});

test("a file in a state that the memo knows is not read", () => {
  using tree = workTree();
  writeFileSync(join(tree.root, "a.py"), "x");
  const memo = countingMemo();
  memo.answers.set("a.py", "f".repeat(64));
  const { digest } = createFileDigests({ root: tree.root, memo, now: LATER });
  expect(value(digest("a.py"))).toMatchObject({ sha256: "f".repeat(64) });
});

test("a file that changed just now is read again next time, since a change after it might not show", () => {
  using tree = workTree();
  writeFileSync(join(tree.root, "a.py"), "x");
  const young = countingMemo();
  createFileDigests({ root: tree.root, memo: young, now: () => Date.now() }).digest("a.py");
  expect(young.kept).toEqual([]);
  const old = countingMemo();
  createFileDigests({ root: tree.root, memo: old, now: LATER }).digest("a.py");
  expect(old.kept).toEqual(["a.py"]);
});

test("an edit that keeps the size and puts the time back is still seen", () => {
  using tree = workTree();
  const file = join(tree.root, "a.py");
  writeFileSync(file, "1");
  const memo = openFileMemo(join(tree.root, ".memo"));
  const time = new Date("2020-01-01");
  utimesSync(file, time, time);
  createFileDigests({ root: tree.root, memo, now: LATER }).digest("a.py");
  writeFileSync(file, "2");
  utimesSync(file, time, time);
  const after = createFileDigests({ root: tree.root, memo, now: LATER }).digest("a.py");
  expect(value(after)).toMatchObject({ sha256: sha256("2") });
});

test("verify names what changed, appeared, went or was touched, and the digest stays what it was", () => {
  using tree = workTree();
  const paths = ["changed", "gone", "kept", "missing", "new", "touched"];
  for (const path of ["changed", "gone", "kept", "touched"]) writeFileSync(join(tree.root, path), "x");
  const digests = createFileDigests({ root: tree.root, memo: openFileMemo(join(tree.root, ".memo")), now: LATER });
  for (const path of paths) digests.digest(path);
  writeFileSync(join(tree.root, "changed"), "y");
  rmSync(join(tree.root, "gone"));
  writeFileSync(join(tree.root, "new"), "x");
  utimesSync(join(tree.root, "touched"), 1, 1);
  expect(digests.verify(paths)).toEqual(["changed", "gone", "new", "touched"]);
  expect(value(digests.digest("changed"))).toMatchObject({ sha256: sha256("x") });
});

test("verify reads again what was read too soon after a change to trust its times", () => {
  using tree = workTree();
  writeFileSync(join(tree.root, "a.py"), "1");
  const memo = countingMemo();
  const digests = createFileDigests({ root: tree.root, memo, now: () => 0 });
  digests.digest("a.py");
  // The file is left alone, so that only a second look can come to another answer.
  memo.answers.set("a.py", "f".repeat(64));
  expect(digests.verify(["a.py"])).toEqual(["a.py"]);
});

test("one run sees one state of a file until it is told to look again", () => {
  using tree = workTree();
  writeFileSync(join(tree.root, "a.py"), "1");
  const digests = createFileDigests({ root: tree.root, memo: countingMemo(), now: LATER });
  digests.digest("a.py");
  writeFileSync(join(tree.root, "a.py"), "2");
  expect(value(digests.digest("a.py"))).toMatchObject({ sha256: sha256("1") });
  digests.refresh(["a.py"]);
  expect(value(digests.digest("a.py"))).toMatchObject({ sha256: sha256("2") });
});
