import { testPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import { python } from "../../../test/support/validators.ts";
import { gitleaks } from "./index.ts";

const FILES = { "pyproject.toml": '[project]\nname = "a"\n', ".env": "A=1\n", "a.txt": "" };
const TWO = { ...FILES, "lib/pyproject.toml": '[project]\nname = "lib"\n', "lib/b.txt": "" };
const REPORT = ["--report-format", "json", "--report-path"];
const QUIET = ["--no-banner", "--no-color", "--log-level", "warn", "--redact=100", "--exit-code", "0"];

test("all files of a project are looked at, and those with a dot in front too", () => {
  const atom = testPlugin(gitleaks(), { files: TWO, beside: [python()] }).atom("gitleaks", "a");
  expect(atom.applies).toBe(true);
  expect(atom.inputFiles).toEqual([".env", "a.txt", "pyproject.toml"]);
});

test("each project is looked at from the repository's root, with the nearest settings", () => {
  const files = { ...TWO, ".gitleaks.toml": "" };
  const { argv, cwd } = testPlugin(gitleaks({ args: ["--max-archive-depth", "2"] }), { files, beside: [python()] })
    .atom("gitleaks", "lib")
    .command();
  const settings = ["--max-archive-depth", "2", "--config", ".gitleaks.toml"];
  const report = ".symbiotic/out/lib~3arun_gitleaks/report.json";
  expect(cwd).toBe(".");
  expect(argv).toEqual(["{tool}", "dir", ...settings, ...REPORT, report, ...QUIET, "lib"]);
});

test("folders of other projects and of environments are not read, unless there are settings", () => {
  const variables = (files: Record<string, string>, project: string): unknown =>
    testPlugin(gitleaks(), { files, beside: [python()] })
      .atom("gitleaks", project)
      .command().env;
  const { GITLEAKS_CONFIG_TOML: settings = "" } = variables(TWO, "a") as Record<string, string>;
  expect(settings).toMatch(/^\[extend\]\nuseDefault = true\n\[allowlist\]\npaths = \[.*"\^\(\?:\\\\\.\/\)\?lib\(\?:/);
  expect(settings).toContain("symbiotic");
  expect(variables({ ...TWO, ".gitleaks.toml": "" }, "a")).toEqual({});
});

test("nothing that the configuration says can bring the secrets back", () => {
  const { argv } = testPlugin(gitleaks({ args: ["--redact=0", "--exit-code", "3"] }), { files: FILES })
    .atom("gitleaks")
    .command();
  expect(argv.lastIndexOf("--redact=100")).toBeGreaterThan(argv.indexOf("--redact=0"));
  expect(argv.lastIndexOf("--exit-code")).toBeGreaterThan(argv.indexOf("--exit-code"));
});

test("settings, what they extend and ignore files are inputs", () => {
  const files = {
    "lib/pyproject.toml": '[project]\nname = "lib"\n',
    ".gitleaks.toml": '[extend]\npath = "etc/rules.toml"\n',
    ".gitleaksignore": "",
    "etc/rules.toml": "",
    "etc/other.toml": "",
  };
  expect(testPlugin(gitleaks(), { files, beside: [python()] }).atom("gitleaks", "lib").inputFiles).toEqual([
    ".gitleaks.toml",
    ".gitleaksignore",
    "etc/rules.toml",
    "lib/pyproject.toml",
  ]);
});

test.each(["/etc/rules.toml", "../rules.toml", "~/rules.toml", "C:/rules.toml"])(
  "%s is extended and lies outside: it is no input",
  (path) => {
    const files = { ...FILES, ".gitleaks.toml": `[extend]\npath = "${path}"\n` };
    expect(testPlugin(gitleaks(), { files }).atom("gitleaks").inputs.literal).toEqual([]);
  },
);

test("settings that are no TOML are said at once", () => {
  const files = { ...FILES, ".gitleaks.toml": "[extend\n" };
  expect(() => testPlugin(gitleaks(), { files }).facts()).toThrow("SYM1451 .gitleaks.toml is not TOML");
});

test("the history is one task of the project at the root, and is not kept", () => {
  const kit = testPlugin(gitleaks(), { files: TWO, beside: [python()] });
  expect(kit.atom("gitleaks-history", "lib").applies).toBe(false);
  const atom = kit.atom("gitleaks-history", "a");
  expect(atom.applies).toBe(true);
  expect(atom.inputFiles).toEqual([]);
  const { argv, env } = atom.command();
  const report = ".symbiotic/out/a~3arun_gitleaks_history/report.json";
  expect(argv).toEqual(["{tool}", "git", ...REPORT, report, ...QUIET, "."]);
  expect(env).toMatchObject({ GIT_CONFIG_COUNT: "4", GIT_CONFIG_KEY_2: "diff.noprefix", GIT_CONFIG_VALUE_2: "false" });
});

test.each([
  ["nothing of gitleaks", {}, false],
  ["settings", { ".gitleaks.toml": "" }, true],
  ["an ignore file", { ".gitleaksignore": "" }, true],
  ["a hook", { ".pre-commit-config.yaml": "repos:\n- repo: x\n  hooks:\n  - id: gitleaks\n" }, true],
])("with %s both gates are required: %s %s", (_, more: Readonly<Record<string, string>>, required) => {
  const kit = testPlugin(gitleaks(), { files: { ...FILES, ...more } });
  const evidence = { tool: "gitleaks", findings: [] };
  const settled = { status: "ok", summary: "ok", evidence } as const;
  expect(kit.gate("gitleaks_clean").decide({ run_gitleaks: settled }).required).toBe(required);
  expect(kit.gate("gitleaks_history_clean").decide({ run_gitleaks_history: settled }).required).toBe(required);
});

test("a wrong option is refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(gitleaks({ arg: [] }))).toThrow("SYM1203 options.arg is not an option; there is: args");
});
