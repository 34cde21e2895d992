import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { seeIgnoreRules } from "./ignore-rules.ts";

interface Rules {
  readonly settings?: readonly (readonly [origin: string, setting: string])[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly laterMs?: number;
}

function rules({ settings = [], environment = {}, laterMs = 3_600_000 }: Rules = {}): readonly string[] | undefined {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-rules-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeFileSync(join(root, "mine"), "*.tmp\n");
  const seen = seeIgnoreRules({
    ...{ root, commonDir: join(root, ".git"), startedAt: Date.now() + laterMs },
    environment: { HOME: root, ...environment },
    settings: settings.map(([origin, setting]) => `${origin}\0${setting}\0`).join(""),
  });
  return seen?.map(({ path, kind }) => `${kind} ${path.replace(root, "~")}`).filter((row) => !row.includes("/etc/"));
}

const USUAL = ["absent ~/.gitconfig", "absent ~/.config/git/config", "absent ~/.config/git/ignore"];
const OF_CLONE = "absent ~/.git/info/exclude";

test("the usual places are seen, whether something is there or not", () => {
  expect(rules()).toEqual([...USUAL, OF_CLONE]);
  expect(rules({ environment: { XDG_CONFIG_HOME: "/nowhere" } })).toEqual([
    ...["absent ~/.gitconfig", "absent /nowhere/git/config", "absent /nowhere/git/ignore"],
    OF_CLONE,
  ]);
});

test("so is the file that settings name, the last of them, and the files of settings", () => {
  const settings = [
    ["file:.git/config", "core.excludesfile\n/other"],
    ["command line:", "core.excludesfile\n~/mine"],
  ] as const;
  expect(rules({ settings })).toEqual(["absent ~/.git/config", ...USUAL.slice(0, 2), "file ~/mine", OF_CLONE]);
});

test("what only git can tell is not told", () => {
  const one = (setting: string): readonly string[] | undefined => rules({ settings: [["file:.git/config", setting]] });
  expect(one("include.path\nmore")).toBeUndefined();
  expect(one("includeif.gitdir:~/work/.path\nmore")).toBeUndefined();
  expect(one("core.excludesfile\n~other/ignore")).toBeUndefined();
  expect(one("core.excludesfile\n%(prefix)/ignore")).toBeUndefined();
  expect(one("core.excludesfile\n")).toBeUndefined();
  expect(rules({ environment: { HOME: "" } })).toBeUndefined();
});

test("nor is what was touched since the run began", () => {
  const settings = [["command line:", "core.excludesfile\n~/mine"]] as const;
  expect(rules({ settings, laterMs: 0 })).toBeUndefined();
});
