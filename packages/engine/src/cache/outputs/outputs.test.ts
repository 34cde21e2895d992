import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RepoPath } from "../../core/path.ts";
import { digestOf } from "../../fingerprint/files/hash-file.ts";
import { blobPath } from "../blobs.ts";
import type { Cache } from "../cache.ts";
import { openCache } from "../open-cache.ts";
import type { CacheRecord, RecordOutput } from "../record.ts";
import { sampleRecord, temporaryFolder } from "../testing/samples.ts";

const TASK = "api:build";

interface Bench extends Disposable {
  readonly root: string;
  readonly cache: Cache;
  write(path: string, text: string): void;
  read(path: string): string;
  /** Captures `dist` as the task's result. */
  capture(): CacheRecord;
  restore(record: CacheRecord, owned?: readonly RepoPath[]): ReturnType<Cache["restore"]>;
}

function bench(): Bench {
  const at = temporaryFolder();
  const root = join(at.path, "root");
  mkdirSync(root);
  const { cache } = openCache(join(at.path, "cache"));
  return {
    root,
    cache,
    write(path, text) {
      mkdirSync(join(root, path, ".."), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    read: (path) => readFileSync(join(root, path), "utf8"),
    capture() {
      const outputs = cache.capture({ root, task: TASK, owned: ["dist"], isVolatile: (path) => path.endsWith(".xml") });
      if (!outputs.ok) throw new Error(outputs.error.message);
      return sampleRecord("build", { task: TASK, outputs: outputs.value });
    },
    restore: (record, owned = ["dist"]) => cache.restore({ root, record, owned, run: "run-1" }),
    [Symbol.dispose]: () => at[Symbol.dispose](),
  };
}

test("captured outputs come back with their bytes, modes and links", () => {
  using b = bench();
  b.write("dist/a.txt", "a");
  b.write("dist/sub/run.sh", "#!/bin/sh\n");
  b.write("dist/report.xml", "<x/>");
  chmodSync(join(b.root, "dist/sub/run.sh"), 0o755);
  symlinkSync("a.txt", join(b.root, "dist/link"));
  const record = b.capture();
  const script = process.platform === "win32" ? "100644" : "100755";
  expect(record.outputs).toEqual([
    { path: "dist/a.txt", mode: "100644", size: 1, blob: digestOf("a") },
    { path: "dist/link", mode: "120000", size: 5, blob: digestOf("a.txt") },
    { path: "dist/report.xml", mode: "100644", size: 4, blob: digestOf("<x/>"), volatile: true },
    { path: "dist/sub/run.sh", mode: script, size: 10, blob: digestOf("#!/bin/sh\n") },
  ]);
  rmSync(join(b.root, "dist"), { recursive: true });
  const paths = record.outputs.map(({ path }) => path);
  expect(b.restore(record)).toEqual({ ok: true, value: { written: paths, deleted: [], displaced: [] } });
  expect(b.read("dist/a.txt")).toBe("a");
  expect(readlinkSync(join(b.root, "dist/link"))).toBe("a.txt");
  if (script === "100755") expect(statSync(join(b.root, "dist/sub/run.sh")).mode & 0o777).toBe(0o755);
  expect(existsSync(join(b.root, ".symbiotic/tmp"))).toBe(true);
});

test("outputs that are right already are not written again; one that is gone or has another mode is", () => {
  using b = bench();
  b.write("dist/a.txt", "a");
  b.write("dist/b.txt", "b");
  const record = b.capture();
  expect(b.restore(record)).toMatchObject({ value: { written: [] } });
  rmSync(join(b.root, "dist/b.txt"));
  chmodSync(join(b.root, "dist/a.txt"), 0o755);
  const expected = process.platform === "win32" ? ["dist/b.txt"] : ["dist/a.txt", "dist/b.txt"];
  expect(b.restore(record)).toMatchObject({ value: { written: expected, displaced: [] } });
  expect(b.read("dist/b.txt")).toBe("b");
});

test("an output that was edited is moved away and reported before the record's takes its place", () => {
  using b = bench();
  b.write("dist/a.txt", "a");
  b.write("dist/b.txt", "b");
  const record = b.capture();
  b.write("dist/a.txt", "edited by a person");
  expect(b.restore(record)).toEqual({
    ok: true,
    value: {
      written: ["dist/a.txt"],
      deleted: [],
      displaced: [{ path: "dist/a.txt", to: ".symbiotic/displaced/run-1/dist/a.txt" }],
    },
  });
  expect(b.read("dist/a.txt")).toBe("a");
  expect(b.read(".symbiotic/displaced/run-1/dist/a.txt")).toBe("edited by a person");
});

test("what another record of the task put there is replaced without a word", () => {
  using b = bench();
  b.write("dist/a.txt", "first");
  const first = b.capture();
  b.write("dist/a.txt", "second");
  const second = b.capture();
  expect(b.restore(first)).toMatchObject({ value: { written: ["dist/a.txt"], displaced: [] } });
  expect(b.restore(second)).toMatchObject({ value: { written: ["dist/a.txt"], displaced: [] } });
  expect(b.read("dist/a.txt")).toBe("second");
});

test("what another record of the task made is deleted; what nobody knows is moved away and reported", () => {
  using b = bench();
  b.write("dist/a.txt", "a");
  const first = b.capture();
  b.write("dist/old/made.txt", "made");
  b.write("dist/old/edited.txt", "made");
  b.capture();
  b.write("dist/old/edited.txt", "edited by a person");
  b.write("dist/notes.txt", "by a person");
  expect(b.restore(first)).toEqual({
    ok: true,
    value: {
      written: [],
      deleted: ["dist/old/made.txt"],
      displaced: [
        { path: "dist/notes.txt", to: ".symbiotic/displaced/run-1/dist/notes.txt" },
        { path: "dist/old/edited.txt", to: ".symbiotic/displaced/run-1/dist/old/edited.txt" },
      ],
    },
  });
  expect(b.read(".symbiotic/displaced/run-1/dist/old/edited.txt")).toBe("edited by a person");
  expect(existsSync(join(b.root, "dist/old"))).toBe(false);
  b.write("dist/notes.txt", "again");
  b.restore(first);
  expect(b.read(".symbiotic/displaced/run-1/dist/notes.txt")).toBe("by a person");
});

test("a folder in the place of a file gives way, and what was in it is kept", () => {
  using b = bench();
  b.write("dist/a", "a");
  const record = b.capture();
  rmSync(join(b.root, "dist/a"));
  b.write("dist/a/inner/mine.txt", "mine");
  expect(b.restore(record)).toMatchObject({ ok: true, value: { written: ["dist/a"] } });
  expect(b.read("dist/a")).toBe("a");
  expect(b.read(".symbiotic/displaced/run-1/dist/a/inner/mine.txt")).toBe("mine");
});

test("nothing is touched where one blob is damaged or gone", () => {
  using b = bench();
  b.write("dist/a.txt", "a");
  b.write("dist/b.txt", "b");
  const record = b.capture();
  b.write("dist/a.txt", "changed");
  b.write("dist/b.txt", "changed");
  b.write("dist/extra.txt", "extra");
  const damaged = blobPath(join(b.cache.directory, "blobs"), digestOf("b"));
  writeFileSync(damaged, "B");
  expect(b.restore(record)).toMatchObject({ ok: false, error: { code: "SYM6002" } });
  expect(b.restore(record)).toMatchObject({ ok: false, error: { code: "SYM6003" } });
  expect(["a", "b", "extra"].map((name) => b.read(`dist/${name}.txt`))).toEqual(["changed", "changed", "extra"]);
});

const OUTSIDE: Readonly<Record<string, readonly RepoPath[]>> = {
  "through `..`": ["dist/../../escaped"],
  "with an absolute path": ["/tmp/escaped"],
  "in git's folder": [".git/hooks/pre-commit"],
  "at the root": ["."],
  "below another output": ["dist/x", "dist/x/y"],
  "through a link": ["dist/out/escaped"],
};

for (const [how, paths] of Object.entries(OUTSIDE)) {
  test(`an output ${how} is refused before anything changes`, () => {
    using b = bench();
    b.write("dist/a.txt", "a");
    b.capture();
    symlinkSync("../..", join(b.root, "dist/out"));
    const outputs = ["dist/a.txt", ...paths].map(
      (path): RecordOutput => ({ path, mode: "100644", size: 1, blob: digestOf("a") }),
    );
    rmSync(join(b.root, "dist/a.txt"));
    const result = b.restore(sampleRecord("build", { task: TASK, outputs }), ["dist", ...paths]);
    expect(result).toMatchObject({ ok: false, error: { code: "SYM6007" } });
    expect(existsSync(join(b.root, "dist/a.txt"))).toBe(false);
    expect(existsSync(join(b.root, "..", "escaped"))).toBe(false);
  });
}

test("an output that the task does not own is refused", () => {
  using b = bench();
  const outputs: RecordOutput[] = [{ path: "src/a.py", mode: "100644", size: 1, blob: digestOf("a") }];
  expect(b.restore(sampleRecord("build", { outputs }))).toMatchObject({ ok: false, error: { code: "SYM6007" } });
});

test("a task cannot own the root, so that nothing of it is ever moved away", () => {
  using b = bench();
  b.write("src/a.py", "a");
  expect(b.restore(sampleRecord("build"), ["."])).toMatchObject({ ok: false, error: { code: "SYM6007" } });
  expect(b.read("src/a.py")).toBe("a");
});
