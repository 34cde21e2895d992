import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CacheRecord, RecordOutput } from "../cache/record.ts";
import { digestOf } from "../fingerprint/files/hash-file.ts";
import { seeOutputs } from "./see-outputs.ts";
import type { SeenPath } from "./seen-paths.ts";

interface Place extends Disposable {
  readonly at: (path: string) => string;
  readonly write: (path: string, text: string) => void;
  readonly see: (
    owned: readonly string[],
    outputs: readonly RecordOutput[],
    later?: number,
  ) => readonly SeenPath[] | undefined;
}

const HOUR_MS = 3_600_000;

function makePlace(): Place {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-outputs-")));
  const at = (path: string): string => join(root, path);
  return {
    at,
    write: (path, text) => {
      mkdirSync(join(at(path), ".."), { recursive: true });
      writeFileSync(at(path), text);
    },
    see: (owned, outputs, later = HOUR_MS) => {
      const record = { outputs } as CacheRecord;
      return seeOutputs([{ owned, record }], { root, startedAt: Date.now() + later });
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

function output(path: string, text: string, mode: RecordOutput["mode"] = "100644"): RecordOutput {
  return { path, mode, size: Buffer.byteLength(text), blob: digestOf(text) };
}

const OUTPUTS = [output("p/dist/a", "1"), output("p/dist/sub/b", "22")];

function made(place: Place): void {
  place.write("p/dist/a", "1");
  place.write("p/dist/sub/b", "22");
}

test("outputs, the folders that hold them and those above are seen", () => {
  using place = makePlace();
  made(place);
  const seen = place.see(["p/dist"], OUTPUTS);
  expect(seen?.map(({ path, kind, isSettled }) => [path, kind, isSettled])).toEqual([
    ["p", "entry", true],
    ["p/dist/a", "file", true],
    ["p/dist/sub/b", "file", true],
    ["p/dist", "folder", true],
    ["p/dist/sub", "folder", true],
  ]);
});

test("what the run itself wrote is looked into by the next one", () => {
  using place = makePlace();
  made(place);
  const seen = place.see(["p/dist"], OUTPUTS, 0);
  expect(seen?.filter(({ isSettled }) => isSettled).map(({ path }) => path)).toEqual(["p"]);
});

test("what is not as the record has it leaves nothing to be seen", () => {
  const changes: readonly ((place: Place) => void)[] = [
    ({ write }) => write("p/dist/a", "11"),
    ({ at }) => rmSync(at("p/dist/a")),
    ({ write }) => write("p/dist/extra", "1"),
    ({ write }) => write("p/dist/more/extra", "1"),
    ({ at }) => renameSync(at("p/dist/a"), at("p/dist/c")),
    ({ at, write }) => {
      rmSync(at("p/dist/sub"), { recursive: true });
      write("p/dist/sub", "1");
    },
  ];
  for (const change of changes) {
    using place = makePlace();
    made(place);
    change(place);
    expect(place.see(["p/dist"], OUTPUTS), String(change)).toBeUndefined();
  }
});

test.runIf(process.platform !== "win32")("an output's mode counts, and a link is none", () => {
  using place = makePlace();
  made(place);
  chmodSync(place.at("p/dist/a"), 0o755);
  expect(place.see(["p/dist"], OUTPUTS)).toBeUndefined();
  expect(place.see(["p/dist"], [output("p/dist/a", "1", "100755"), OUTPUTS[1] as RecordOutput])).toBeDefined();
  renameSync(place.at("p/dist"), place.at("moved"));
  symlinkSync(place.at("moved"), place.at("p/dist"));
  expect(place.see(["p/dist"], OUTPUTS)).toBeUndefined();
});

test.runIf(process.platform !== "win32")("a link above what a task owns leaves nothing to be seen", () => {
  using place = makePlace();
  made(place);
  renameSync(place.at("p"), place.at("moved"));
  symlinkSync(place.at("moved"), place.at("p"));
  expect(place.see(["p/dist"], OUTPUTS)).toBeUndefined();
});

test("where nothing was made nothing may be, but for empty folders", () => {
  using place = makePlace();
  const kinds = (): unknown => place.see(["p/dist"], [])?.map(({ path, kind }) => [path, kind]);
  expect(kinds()).toEqual([
    ["p", "absent"],
    ["p/dist", "absent"],
  ]);
  mkdirSync(place.at("p/dist/empty"), { recursive: true });
  expect(place.see(["p/dist"], [])?.map(({ path, kind, isSettled }) => [path, kind, isSettled])).toEqual([
    ["p", "entry", true],
    // A file may come into the empty folder, and this one would not show it.
    ["p/dist", "folder", false],
  ]);
  place.write("p/dist/empty/x", "1");
  expect(kinds()).toBeUndefined();
});

test("an output that is a link, or has a name that is not UTF-8, cannot be seen", () => {
  using place = makePlace();
  expect(place.see(["p/dist"], [output("p/dist/a", "1", "120000")])).toBeUndefined();
  expect(place.see(["p/dist"], [output("p/dist/\udcff", "1")])).toBeUndefined();
});
