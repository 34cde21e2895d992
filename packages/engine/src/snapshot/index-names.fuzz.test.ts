import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRepository } from "../../test/support/test-repository.ts";
import { readIndexNames } from "./index-names.ts";

interface Entry {
  readonly name: string;
  readonly mode: number;
  readonly isAssumed: boolean;
  readonly isSkipped: boolean;
  readonly isIntended: boolean;
  /** What does not count: times, owner, size, blob. */
  readonly rest: number;
}

type Version = 2 | 3 | 4;

const entry: fc.Arbitrary<Entry> = fc.record({
  name: fc
    .array(fc.constantFrom("a", "b", "é", "long-name-of-a-folder", " ", "\n", "."), { minLength: 1, maxLength: 12 })
    .map((parts) => parts.join("/")),
  mode: fc.constantFrom(0o100644, 0o100755),
  isAssumed: fc.boolean(),
  isSkipped: fc.boolean(),
  isIntended: fc.boolean(),
  rest: fc.nat(255),
});
const entries = fc
  .uniqueArray(entry, { selector: ({ name }) => name, maxLength: 12 })
  .map((all) => [...all].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))));
const version = fc.constantFrom<Version>(2, 3, 4);
const hashLength = fc.constantFrom(20, 32);

/** The bytes of an index with these entries, as git's description of its format has them. */
function indexOf(all: readonly Entry[], form: { readonly version: Version; readonly hashLength: number }): Buffer {
  const header = Buffer.from("DIRC\0\0\0\0\0\0\0\0", "latin1");
  header.writeUInt32BE(form.version, 4);
  header.writeUInt32BE(all.length, 8);
  const body = Buffer.concat([header, ...all.map((each, at) => entryBytes(each, all[at - 1], form))]);
  return Buffer.concat([body, hash(form.hashLength === 20 ? "sha1" : "sha256", body, "buffer")]);
}

function entryBytes(
  { name, mode, isAssumed, isSkipped, isIntended, rest }: Entry,
  before: Entry | undefined,
  form: { readonly version: Version; readonly hashLength: number },
): Buffer {
  const text = Buffer.from(name);
  const isExtended = form.version > 2 && (isSkipped || isIntended);
  const fixed = Buffer.alloc(40 + form.hashLength + (isExtended ? 4 : 2), rest);
  fixed.writeUInt32BE(mode, 24);
  const flags = (isAssumed ? 0x8000 : 0) | (isExtended ? 0x4000 : 0) | Math.min(text.length, 0xfff);
  fixed.writeUInt16BE(flags, 40 + form.hashLength);
  if (isExtended) fixed.writeUInt16BE((isSkipped ? 0x4000 : 0) | (isIntended ? 0x2000 : 0), 42 + form.hashLength);
  if (form.version < 4) {
    const length = fixed.length + text.length;
    return Buffer.concat([fixed, text, Buffer.alloc(8 - (length % 8))]);
  }
  const previous = Buffer.from(before?.name ?? "");
  let shared = 0;
  while (shared < previous.length && previous[shared] === text[shared]) shared += 1;
  return Buffer.concat([fixed, varint(previous.length - shared), text.subarray(shared), Buffer.alloc(1)]);
}

/** Git's number of any length: seven bits a byte, the highest first, each byte but the last counting from one more. */
function varint(value: number): Buffer {
  const bytes = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) {
    rest -= 1;
    bytes.unshift(0x80 | (rest & 0x7f));
  }
  return Buffer.from(bytes);
}

/** What of the entries counts. */
function said(all: readonly Entry[], { version: of }: { readonly version: Version }): string {
  const rows = all.map(({ name, mode, isAssumed, isSkipped, isIntended }) => [
    ...[name, mode, isAssumed],
    ...(of > 2 ? [isSkipped, isIntended] : [false, false]),
  ]);
  return JSON.stringify(rows);
}

test("an index of any form names its entries, and has the digest of every other that says the same", () => {
  fc.assert(
    fc.property(entries, fc.tuple(version, version), hashLength, fc.nat(255), (all, [first, second], length, rest) => {
      const form = { version: first, hashLength: length };
      const read = readIndexNames(indexOf(all, form), length);
      expect(read?.paths).toEqual(all.map(({ name }) => name));
      expect(read?.isPlain).toBe(true);
      const other = { version: second, hashLength: length };
      const again = readIndexNames(
        indexOf(
          all.map((each) => ({ ...each, rest })),
          other,
        ),
        length,
      );
      expect(again?.digest === read?.digest).toBe(said(all, other) === said(all, form));
    }),
    { numRuns: 300 },
  );
});

test("two indexes have the same digest only where they say the same", () => {
  fc.assert(
    fc.property(entries, entries, fc.nat(), version, (a, b, at, of) => {
      const form = { version: of, hashLength: 20 };
      const digestOf = (all: readonly Entry[]): string | undefined => readIndexNames(indexOf(all, form), 20)?.digest;
      const one = a.map((each, index) =>
        index === at % a.length ? { ...each, mode: 0o100755, isAssumed: !each.isAssumed } : each,
      );
      for (const other of [b, one, a.slice(1)])
        expect(digestOf(other) === digestOf(a)).toBe(said(other, form) === said(a, form));
    }),
    { numRuns: 300 },
  );
});

test("bytes after the magic that nobody wrote are read as git reads them, or not at all", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), version, fc.nat(20), hashLength, (bytes, of, count, length) => {
      const header = Buffer.from([68, 73, 82, 67, 0, 0, 0, of, 0, 0, 0, count]);
      const names = readIndexNames(Buffer.concat([header, bytes]), length);
      if (names !== undefined) expect(names.paths).toHaveLength(count);
    }),
    { numRuns: 1000 },
  );
});

test("a count of entries that cannot be is no index, at once", () => {
  const header = Buffer.from("DIRC\0\0\0\x02\xff\xff\xff\xff", "latin1");
  for (const length of [0, 100, 1_000_000])
    expect(readIndexNames(Buffer.concat([header, Buffer.alloc(length)]), 20)).toBeUndefined();
});

test("what is built here is what git reads", () => {
  using repository = createRepository();
  const all = fc.sample(entries, { numRuns: 5, seed: 7 });
  for (const [at, each] of all.entries()) {
    // Git refuses names with a folder that is called as a single point.
    const plain = each.filter(({ name }) => !name.split("/").includes("."));
    const of = ([2, 3, 4] as const)[at % 3] ?? 2;
    writeFileSync(join(repository.root, ".git/index"), indexOf(plain, { version: of, hashLength: 20 }));
    const listed = execFileSync("git", ["ls-files", "-z"], { cwd: repository.root, env: repository.env }).toString();
    expect(listed.split("\0").slice(0, -1)).toEqual(plain.map(({ name }) => name));
  }
});
