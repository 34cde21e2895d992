import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createRepository, type TestRepository } from "../../test/support/test-repository.ts";
import { decodePath } from "../core/path.ts";
import { readIndexNames, type IndexNames } from "./index-names.ts";

const NAMES = ["a.txt", "b b.txt", "é/ü.txt", "line\nend.txt", "deep/er/x", "deep/er/y", "deep/z", "l".repeat(200)];
/** Longer together than an index that shortens each by the one before it. */
const LONG = Array.from({ length: 60 }, (_, at) => `${"folder-with-a-long-name/".repeat(9)}${String(at)}`);

function sample(): TestRepository {
  const repository = createRepository();
  repository.write(Object.fromEntries([...NAMES, ...LONG].map((name) => [name, name])));
  if (process.platform === "linux") repository.writeBytes(Buffer.from("raw-\xff-\xfe", "latin1"), "raw");
  if (process.platform !== "win32") chmodSync(join(repository.root, "a.txt"), 0o755);
  repository.commit();
  return repository;
}

function read({ root }: TestRepository, hashLength = 20): IndexNames | undefined {
  return readIndexNames(readFileSync(join(root, ".git/index")), hashLength);
}

/** What git says that the index names. */
function listed({ root, env }: TestRepository): string[] {
  const output = execFileSync("git", ["ls-files", "-z"], { cwd: root, env });
  const paths: string[] = [];
  for (let from = 0, end = output.indexOf(0); end >= 0; from = end + 1, end = output.indexOf(0, from))
    paths.push(decodePath(output.subarray(from, end)));
  return paths;
}

test.each(["2", "3", "4"])("an index of version %s names what git lists, by the same digest", (version) => {
  using repository = sample();
  const before = read(repository);
  repository.git("update-index", "--index-version", version);
  const names = read(repository);
  expect(names?.paths).toEqual(listed(repository));
  expect(names?.digest).toBe(before?.digest);
  expect(names?.isPlain).toBe(true);
});

test("versions 2 to 4 are really read", () => {
  using repository = sample();
  const versions = ["2", "4"].map((version) => {
    repository.git("update-index", "--index-version", version);
    return readFileSync(join(repository.root, ".git/index")).readUInt32BE(4);
  });
  repository.git("update-index", "--index-version", "2", "--skip-worktree", "a.txt");
  expect([...versions, readFileSync(join(repository.root, ".git/index")).readUInt32BE(4)]).toEqual([2, 4, 3]);
});

test.each(["2", "4"])("in version %s times and blobs do not count, names, modes and flags do", (version) => {
  using repository = sample();
  repository.git("update-index", "--index-version", version);
  const digests = [read(repository)?.digest];
  const step = (act: () => unknown): string => {
    act();
    const digest = read(repository)?.digest;
    const kind = digests.includes(digest) ? "known" : "new";
    digests.push(digest);
    return kind;
  };
  const edited = (): void => {
    repository.write({ "deep/z": "other" });
    repository.git("add", "-A");
  };
  expect(step(edited)).toBe("known");
  expect(step(() => repository.git("update-index", "--really-refresh"))).toBe("known");
  expect(step(() => repository.git("update-index", "--assume-unchanged", "deep/z"))).toBe("new");
  expect(step(() => repository.git("update-index", "--no-assume-unchanged", "deep/z"))).toBe("known");
  expect(step(() => repository.git("update-index", "--skip-worktree", "deep/z"))).toBe("new");
  expect(step(() => repository.git("update-index", "--no-skip-worktree", "deep/z"))).toBe("known");
  expect(step(() => repository.git("update-index", "--chmod=+x", "deep/z"))).toBe("new");
  expect(step(() => repository.git("rm", "-qf", "--cached", "deep/z"))).toBe("new");
  expect(step(() => repository.git("add", "-N", "deep/z"))).toBe("new");
  expect(step(() => repository.git("mv", "b b.txt", "B B.txt"))).toBe("new");
  expect(read(repository)?.paths).toEqual(listed(repository));
});

test("extensions that git adds are passed over", () => {
  using repository = sample();
  const { digest } = read(repository) ?? {};
  repository.git("update-index", "--force-untracked-cache");
  repository.git("-c", "index.threads=2", "-c", "index.recordEndOfIndexEntries=true", "read-tree", "HEAD");
  repository.git("add", "-A");
  expect(digest).toBeDefined();
  expect(read(repository)?.digest).toBe(digest);
});

test("a repository with SHA-256 ids is read with their length, and with no other", () => {
  using repository = createRepository();
  repository.remove(".git");
  repository.git("init", "-q", "--object-format=sha256");
  repository.write({ "a.txt": "1", "b/c.txt": "2" });
  repository.commit();
  expect(read(repository, 32)?.paths).toEqual(["a.txt", "b/c.txt"]);
  expect(read(repository, 20)).toBeUndefined();
});

test("a split index and a sparse one name their entries elsewhere", () => {
  using repository = sample();
  repository.git("update-index", "--split-index");
  expect(read(repository)).toBeUndefined();
  repository.git("update-index", "--no-split-index");
  expect(read(repository)).toBeDefined();
  repository.git("sparse-checkout", "set", "--cone", "--sparse-index", "é");
  expect(read(repository)).toBeUndefined();
});

test.runIf(process.platform !== "win32")("an index with a link or a submodule is not plain", () => {
  using repository = sample();
  repository.link("to-a", "a.txt");
  repository.git("add", "to-a");
  expect(read(repository)).toMatchObject({ isPlain: false });
  repository.git("rm", "-q", "--cached", "to-a");
  expect(read(repository)).toMatchObject({ isPlain: true });
  repository.git("update-index", "--add", "--cacheinfo", `160000,${repository.git("rev-parse", "HEAD")},module`);
  expect(read(repository)).toMatchObject({ isPlain: false });
});

test("a conflict's stages count", () => {
  using repository = createRepository();
  repository.write({ "a.txt": "0\n" });
  repository.commit();
  repository.git("checkout", "-qb", "other");
  repository.write({ "a.txt": "1\n" });
  repository.commit();
  repository.git("checkout", "-q", "main");
  repository.write({ "a.txt": "2\n" });
  repository.commit();
  const before = read(repository);
  expect(() => repository.git("merge", "other")).toThrow();
  const after = read(repository);
  expect(after?.paths).toEqual(["a.txt", "a.txt", "a.txt"]);
  expect(after?.digest).not.toBe(before?.digest);
});

test("bytes that are no index are none, and damaged ones never throw and never hang", () => {
  using repository = sample();
  const file = join(repository.root, ".git/index");
  for (const version of ["2", "4"]) {
    repository.git("update-index", "--index-version", version);
    const index = readFileSync(file);
    const cuts = fc.integer({ min: 0, max: index.length });
    const flips = fc.array(fc.tuple(fc.nat(index.length - 1), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(cuts, flips, (cut, changes) => {
        const damaged = Buffer.from(index.subarray(0, cut));
        for (const [at, byte] of changes) if (at < cut) damaged[at] = byte;
        const names = readIndexNames(damaged, 20);
        expect(names === undefined || Array.isArray(names.paths)).toBe(true);
      }),
    );
  }
  for (const bytes of ["", "DIRC", "DIRC\0\0\0\x05\0\0\0\0", "x".repeat(100)])
    expect(readIndexNames(Buffer.from(bytes, "latin1"), 20)).toBeUndefined();
  writeFileSync(file, "");
  expect(read(repository)).toBeUndefined();
});
