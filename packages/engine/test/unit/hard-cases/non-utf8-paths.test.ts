import {
  chmodSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { canonicalJson } from "../../../src/core/json.ts";
import { decodePath, encodePath, joinRepo, pathBytes } from "../../../src/core/path.ts";
import { formatTaskId, parseTaskId, taskFolder } from "../../../src/core/task-id.ts";
import { createFileDigests } from "../../../src/fingerprint/files/file-digests.ts";
import { openFileMemo } from "../../../src/fingerprint/files/file-memo.ts";
import { digestOf } from "../../../src/fingerprint/files/hash-file.ts";
import { filesAt, fingerprintOf } from "../fingerprint-rig.ts";
import { type CacheRig, createCacheRig, keep, recordOf } from "./cache-rig.ts";

/**
 * Only Linux is sure to take such names: macOS and Windows refuse or change them. There it must work: a file system that
 * refuses makes the test fail, it does not skip it.
 */
const onLinux = test.runIf(process.platform === "linux");

const LATIN_1 = Buffer.from("caf\xe9.py", "latin1");
const OTHER = Buffer.from("caf\xe8.py", "latin1");
const PATH = decodePath(LATIN_1);

function writeBytes(rig: CacheRig, folder: string, name: Buffer, text: string): void {
  rig.mkdir(folder);
  writeFileSync(Buffer.concat([Buffer.from(`${rig.root}/${folder}/`), name]), text);
}

function namesIn(rig: CacheRig, folder: string): Buffer[] {
  return readdirSync(join(rig.root, folder), { encoding: "buffer" });
}

onLinux("a name that is not UTF-8 is one string, and the bytes of the file system come back from it", () => {
  using rig = createCacheRig();
  writeBytes(rig, "src", LATIN_1, "x = 1\n");
  const [name = Buffer.alloc(0)] = namesIn(rig, "src");
  expect(name.equals(LATIN_1)).toBe(true);
  const path = joinRepo("src", decodePath(name));
  expect(pathBytes(path).equals(Buffer.concat([Buffer.from("src/"), LATIN_1]))).toBe(true);
  expect(readFileSync(Buffer.concat([Buffer.from(`${rig.root}/`), pathBytes(path)]), "utf8")).toBe("x = 1\n");
  expect(typeof encodePath(path)).toBe("object");
});

onLinux("it is the subject of a task with an ASCII id, and the task has a folder that can be made", () => {
  using rig = createCacheRig();
  const subject = { kind: "file", name: joinRepo("src", PATH) } as const;
  const id = formatTaskId(subject, "run_test_file");
  expect(id).toBe("file=src/caf%E9.py:run_test_file");
  const parsed = parseTaskId(id);
  expect(parsed.ok && parsed.value.subject).toEqual(subject);
  rig.mkdir(taskFolder(id));
  expect(namesIn(rig, ".").map(String)).toEqual([taskFolder(id)]);
});

onLinux("it survives canonical JSON, a structured clone and JSON's own way there and back", () => {
  const text = canonicalJson({ [PATH]: PATH });
  expect(text).toBe(String.raw`{"caf\udce9.py":"caf\udce9.py"}`);
  expect(text.isWellFormed()).toBe(true);
  expect(JSON.parse(text)).toEqual({ [PATH]: PATH });
  expect(structuredClone(PATH)).toBe(PATH);
});

onLinux("its bytes are digested, and two names that differ only in a byte give two keys", () => {
  using rig = createCacheRig();
  writeBytes(rig, "a", LATIN_1, "x = 1\n");
  writeBytes(rig, "b", OTHER, "x = 1\n");
  const [first, second] = [
    fingerprintOf(filesAt(join(rig.root, "a")), { files: [PATH] }),
    fingerprintOf(filesAt(join(rig.root, "b")), { files: [decodePath(OTHER)] }),
  ];
  expect(JSON.parse([...first.parts().values()][0] ?? "")).toEqual([[PATH, "100644", digestOf("x = 1\n")]]);
  expect(first.key).not.toBe(second.key);
  expect(fingerprintOf(filesAt(join(rig.root, "a")), { files: [PATH] }).key).toBe(first.key);
});

onLinux("its digest is remembered from one process to the next", () => {
  using rig = createCacheRig();
  writeBytes(rig, "src", LATIN_1, "x = 1\n");
  const [file, later] = [join(rig.root, "memo"), () => Date.now() + 60_000];
  const path = joinRepo("src", PATH);
  const memo = openFileMemo(file);
  const digest = createFileDigests({ root: rig.root, memo, now: later }).digest(path);
  expect(digest).toMatchObject({ ok: true, value: { sha256: digestOf("x = 1\n") } });
  expect(memo.save()).toBe(true);
  const asked: string[] = [];
  const second = openFileMemo(file);
  createFileDigests({
    root: rig.root,
    now: later,
    memo: { get: (name, stat) => second.get(name, stat) ?? (asked.push(name), undefined), set: () => undefined },
  }).digest(path);
  expect(asked).toEqual([]);
});

onLinux("it comes back from the store of records as an output and as a dependency that was found", () => {
  using rig = createCacheRig();
  const blob = Buffer.from("x = 1\n");
  const made = recordOf({
    key: digestOf("k"),
    task: formatTaskId({ kind: "file", name: PATH }, "build_it"),
    found: [{ kind: "file", path: PATH, digest: digestOf(blob) }],
    outputs: [{ path: joinRepo("out", PATH), mode: "100644", size: blob.length, blob: digestOf(blob) }],
  });
  expect(keep(rig.reopen(), made, [blob])).toBe(true);
  expect(rig.reopen().lookup(digestOf("k"), () => true)).toEqual(made.record);
});

onLinux(
  "files, programs and links of such names are captured and restored, names, bytes, modes and targets alike",
  () => {
    using rig = createCacheRig();
    const at = (name: Buffer): Buffer => Buffer.concat([Buffer.from(`${rig.root}/out/`), name]);
    writeBytes(rig, "out", LATIN_1, "#!/bin/sh\n");
    chmodSync(at(LATIN_1), 0o755);
    symlinkSync(LATIN_1, at(OTHER));
    const captured = rig
      .reopen()
      .capture({ root: rig.root, task: "p:build_it", owned: ["out"], isVolatile: () => false });
    if (!captured.ok) throw new Error(captured.error.message);
    const { record, blobs } = recordOf({ key: digestOf("k"), task: "p:build_it", outputs: captured.value });
    expect(rig.reopen().store(record, blobs)).toBe(true);
    rmSync(join(rig.root, "out"), { recursive: true });

    const restored = rig.reopen().restore({ root: rig.root, record, owned: ["out"], run: "r1" });
    expect(restored).toMatchObject({ ok: true, value: { deleted: [], displaced: [] } });
    expect(
      namesIn(rig, "out")
        .map((name) => name.toString("latin1"))
        .sort(),
    ).toEqual([OTHER, LATIN_1].map((name) => name.toString("latin1")).sort());
    expect(readFileSync(at(LATIN_1), "utf8")).toBe("#!/bin/sh\n");
    expect(readlinkSync(at(OTHER), { encoding: "buffer" }).equals(LATIN_1)).toBe(true);
    expect(statSync(at(LATIN_1)).mode & 0o777).toBe(0o755);
  },
);

onLinux("a file of such a name that no record made is moved aside under its own name, not deleted", () => {
  using rig = createCacheRig();
  writeBytes(rig, "out", LATIN_1, "mine\n");
  const { record, blobs } = recordOf({ key: digestOf("k"), task: "p:build_it" });
  rig.reopen().store(record, blobs);
  const restored = rig.reopen().restore({ root: rig.root, record, owned: ["out"], run: "r1" });
  expect(restored).toMatchObject({ ok: true, value: { displaced: [{ path: joinRepo("out", PATH) }] } });
  const [moved = Buffer.alloc(0)] = namesIn(rig, ".symbiotic/displaced/r1/out");
  expect(moved.equals(LATIN_1)).toBe(true);
});
