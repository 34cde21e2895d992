import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createFileDigests, type FileDigests } from "../fingerprint/files/file-digests.ts";
import { createSourceTexts, type SourceTexts } from "../workspace/source-texts.ts";
import { seeInputs } from "./see-inputs.ts";
import type { SeenPath } from "./seen-paths.ts";

interface Run extends Disposable {
  readonly digests: FileDigests;
  readonly texts: SourceTexts;
  write(path: string, text: string): void;
  at(path: string): string;
  /** What is seen of a run that began so much later than now. */
  see(later?: number): readonly SeenPath[] | undefined;
}

const HOUR_MS = 3_600_000;

function makeRun(files: Readonly<Record<string, string>>): Run {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-see-")));
  const at = (path: string): string => join(root, path);
  const write = (path: string, text: string): void => writeFileSync(at(path), text);
  for (const [path, text] of Object.entries(files)) write(path, text);
  const memo = { get: () => undefined, set: () => undefined };
  const digests = createFileDigests({ root, memo, now: Date.now });
  const texts = createSourceTexts(root);
  const isSetting = (path: string): boolean => !path.endsWith(".txt");
  return {
    digests,
    texts,
    write,
    at,
    see: (later = HOUR_MS) => seeInputs({ root, digests, texts, isSetting, startedAt: Date.now() + later }),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

test("inputs, settings and what is not there are told apart", () => {
  using run = makeRun({ "input.txt": "1", "setting.json": "{}", "both.toml": "2" });
  for (const path of ["input.txt", "both.toml", "none.txt"]) run.digests.digest(path);
  for (const path of ["setting.json", "both.toml", "none.json"]) run.texts.source(path);
  const kinds = run.see()?.map(({ path, kind, isSettled }) => [path, kind, isSettled]);
  expect(kinds).toEqual([
    ["input.txt", "input", true],
    ["both.toml", "file", true],
    ["none.txt", "absent", true],
    ["setting.json", "file", true],
    ["none.json", "absent", true],
  ]);
});

test("what was touched as the run began, or later, is proven by its bytes alone", () => {
  using run = makeRun({ "input.txt": "1", "setting.json": "{}" });
  run.digests.digest("input.txt");
  run.texts.source("setting.json");
  expect(run.see(0)?.map(({ isSettled }) => isSettled)).toEqual([false, false]);
});

test("an input is seen as it was looked at, whatever it is now", () => {
  using run = makeRun({ "input.txt": "1" });
  const looked = run.digests.digest("input.txt");
  run.write("input.txt", "22");
  expect(run.see()).toMatchObject([{ digest: looked.ok ? looked.value?.sha256 : "", stat: { size: 1 } }]);
});

test("a setting that is not what was read leaves nothing to be seen", () => {
  using run = makeRun({ "setting.json": "{}" });
  run.texts.source("setting.json");
  run.write("setting.json", "[]");
  expect(run.see()).toBeUndefined();
});

test("a setting that was edited before its bytes were taken into a key leaves nothing to be seen", () => {
  using run = makeRun({ "setting.json": "{}" });
  run.texts.source("setting.json");
  run.write("setting.json", "[]");
  run.digests.digest("setting.json");
  expect(run.see()).toBeUndefined();
});

test("a setting that came before its absence was taken into a key leaves nothing to be seen", () => {
  using run = makeRun({});
  run.texts.source("setting.json");
  run.write("setting.json", "{}");
  expect(run.see()).toBeUndefined();
  run.digests.digest("setting.json");
  expect(run.see()).toBeUndefined();
});

test("what came where an input was not leaves nothing to be seen", () => {
  using run = makeRun({});
  run.digests.digest("none.txt");
  expect(run.see()).toHaveLength(1);
  run.write("none.txt", "1");
  expect(run.see()).toBeUndefined();
});

test("links and folders for inputs leave nothing to be seen", () => {
  using folder = makeRun({});
  mkdirSync(folder.at("d"));
  folder.digests.digest("d");
  expect(folder.see()).toBeUndefined();
  using link = makeRun({ "a.txt": "1" });
  symlinkSync(link.at("a.txt"), link.at("b.txt"), "file");
  link.digests.digest("b.txt");
  expect(link.see()).toBeUndefined();
});

test("a text that is not UTF-8 leaves nothing to be seen", () => {
  using run = makeRun({});
  writeFileSync(run.at("setting.json"), Buffer.from([0xff, 0x7b]));
  run.texts.source("setting.json");
  expect(run.see()).toBeUndefined();
});
