import { expect, test } from "vitest";
import { recordDigest } from "./record-digest.ts";

const RECORD = [
  "foo/__init__.py,sha256=abc,12",
  '"foo/a,b.txt",sha256=def,3',
  "foo/bin/run.py,sha256=xyz,3",
  "foo-1.0.dist-info/METADATA,sha256=ghi,40",
];

test("the order of lines, their ends and the installer's notes do not matter", () => {
  const noted = [
    ...RECORD.toReversed(),
    "foo/__pycache__/__init__.cpython-311.pyc,,",
    "foo-1.0.dist-info/INSTALLER,sha256=5hh,4",
    "foo-1.0.dist-info/REQUESTED,sha256=47D,0",
    "foo-1.0.dist-info/direct_url.json,sha256=1,60",
    "foo-1.0.dist-info/uv_cache.json,sha256=2,60",
    "foo-1.0.dist-info/RECORD,,",
    "../../../bin/foo,sha256=zzz,210",
    "..\\..\\Scripts\\foo.exe,sha256=zzz,210",
    "/usr/local/bin/foo,sha256=zzz,210",
  ];
  expect(recordDigest(noted.join("\r\n"))).toBe(recordDigest(RECORD.join("\n")));
});

test.each([
  ["a file's digest", RECORD.map((row) => row.replace("sha256=abc", "sha256=abd"))],
  ["a file more", [...RECORD, "foo/more.py,sha256=abc,12"]],
  ["a file less", RECORD.slice(1)],
  ["a renamed file", RECORD.map((row) => row.replace("__init__", "__main__"))],
  ["a folder of its own called bin", RECORD.map((row) => row.replace("sha256=xyz", "sha256=xyy"))],
  ["its metadata", RECORD.map((row) => row.replace("sha256=ghi", "sha256=ghj"))],
  ["data outside site-packages", [...RECORD, "../../../share/foo/data,sha256=1,1"]],
  ["swapped contents", RECORD.map((row) => row.replace(/abc|xyz/, (hash) => (hash === "abc" ? "xyz" : "abc")))],
])("%s changes the digest", (_, rows) => {
  expect(recordDigest(rows.join("\n"))).not.toBe(recordDigest(RECORD.join("\n")));
});
