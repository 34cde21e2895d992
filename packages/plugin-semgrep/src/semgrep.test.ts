import { testPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import { python } from "../../../test/support/validators.ts";
import { semgrep } from "./index.ts";
import { RULES } from "./rules/rules.ts";

const APP = { "pyproject.toml": '[project]\nname = "app"\n' };
const FILES = { ...APP, "a.py": "", "web/b.tsx": "", "data.csv": "", ".semgrepignore": "" };
const LIB = { "lib/pyproject.toml": '[project]\nname = "lib"\n', "lib/b.py": "" };
const OUT = ".symbiotic/out/app~3arun_semgrep";
const FIRST = ["{tool}", "scan"];
const FORMAT = ["--json", "--quiet", "--metrics=off", "--disable-version-check"];

test("without rules of its own a repository is looked at with those of this package", () => {
  const atom = testPlugin(semgrep(), { files: FILES }).atom("semgrep");
  expect(atom.applies).toBe(true);
  expect(atom.inputFiles).toEqual([".semgrepignore", "a.py", "web/b.tsx"]);
  const { argv, cwd, shell, stdin } = atom.command();
  const write = `cat > "${OUT}/rules.json" &&`;
  expect(argv).toEqual([write, ...FIRST, ...FORMAT, "--config", `${OUT}/rules.json`, "."]);
  expect({ cwd, shell }).toEqual({ cwd: ".", shell: true });
  expect(JSON.parse(stdin ?? "")).toEqual({ rules: RULES });
});

test("nothing is written to the user's folder, and nothing of it is read", () => {
  expect(testPlugin(semgrep(), { files: FILES }).atom("semgrep").command().env).toEqual({
    SEMGREP_LOG_FILE: `${OUT}/semgrep.log`,
    SEMGREP_SETTINGS_FILE: `${OUT}/settings.yml`,
  });
});

test("a project without sources has nothing for the rules of this package", () => {
  expect(testPlugin(semgrep(), { files: { "README.md": "" } }).atom("semgrep").applies).toBe(false);
  const own = { "README.md": "", "semgrep.yml": "" };
  expect(testPlugin(semgrep(), { files: own }).atom("semgrep").applies).toBe(true);
});

test("rules of the repository count, and may be about any file", () => {
  const files = { ...FILES, ".semgrep.yml": "", ".semgrep/more/b.yaml": "" };
  const atom = testPlugin(semgrep({ args: ["--timeout", "9"] }), { files }).atom("semgrep");
  expect(atom.inputFiles).toEqual(Object.keys(files).sort());
  const configs = [`${OUT}/rules.json`, ".semgrep.yml", ".semgrep"].flatMap((each) => ["--config", each]);
  expect(atom.command().argv.slice(1)).toEqual([...FIRST, "--timeout", "9", ...FORMAT, ...configs, "."]);
});

test("rules that the configuration names take the place of those that are found", () => {
  const files = { ...FILES, ...LIB, ".semgrep.yml": "", "etc/rules/a.yml": "" };
  const use = semgrep({ config: ["./etc/rules/"], bundled: false });
  const atom = testPlugin(use, { files, beside: [python()] }).atom("semgrep", "lib");
  const { argv, stdin } = atom.command();
  expect(argv).toEqual([...FIRST, ...FORMAT, "--config", "etc/rules", "lib"]);
  expect(stdin).toBeUndefined();
  expect(atom.inputFiles).toContain("etc/rules/a.yml");
});

test("the folders of other projects are left out by their whole path", () => {
  const { argv } = testPlugin(semgrep(), { files: { ...FILES, ...LIB }, beside: [python()] })
    .atom("semgrep", "app")
    .command();
  expect(argv.slice(-3)).toEqual(["--exclude", "/lib", "."]);
});

test("a registry is asked where the configuration says so", () => {
  const kit = testPlugin(semgrep({ registry: ["p/python"], bundled: false }), { files: FILES });
  expect(kit.atom("semgrep").command().argv).toEqual([...FIRST, ...FORMAT, "--config", "p/python", "."]);
});

test.each([
  [[], true],
  [["p/python"], "asks a registry for rules"],
])("with the registry %j the result is kept: %j", (registry, kept) => {
  const use = semgrep({ registry });
  const { cache } = use.spec.atoms?.["run_semgrep"] ?? {};
  const [project] = testPlugin(use, { files: FILES }).projects;
  if (typeof cache !== "function" || project === undefined) throw new Error("it is asked for each project");
  expect(cache({ options: { registry }, facts: null, project, upstream: [] })).toBe(kept);
});

test("without any rules it is skipped and says so", () => {
  expect(testPlugin(semgrep({ bundled: false }), { files: FILES }).atom("semgrep").applies).toEqual({
    skipped: "there are no rules",
  });
});

test.each([
  ["nothing of semgrep", {}, undefined, false],
  ["rules", { ".semgrep.yml": "" }, undefined, true],
  ["a folder of rules", { ".semgrep/a.yml": "" }, undefined, true],
  ["an ignore file", { ".semgrepignore": "" }, undefined, true],
  ["a hook", { ".pre-commit-config.yaml": "repos:\n- repo: x\n  hooks:\n  - id: semgrep\n" }, undefined, true],
  ["rules that the configuration names", {}, { registry: ["p/python"] }, true],
])("with %s the gate is required: %s %s %s", (_, more: Readonly<Record<string, string>>, options, required) => {
  const kit = testPlugin(semgrep(options), { files: { ...APP, "a.py": "", ...more } });
  const settled = { status: "ok", summary: "ok", evidence: { tool: "semgrep", findings: [] } } as const;
  expect(kit.gate("semgrep_clean").decide({ run_semgrep: settled }).required).toBe(required);
});

test.each(["/etc/rules", "../rules", "~/rules", "C:/rules", "a\\b"])("%s is no path of the repository", (path) => {
  expect(() => testPlugin(semgrep({ config: [path] }))).toThrow("is no path from the repository's root");
});

test("a wrong option is refused by name", () => {
  expect(() => testPlugin(semgrep({ registry: ["auto"] }))).toThrow("is no name in a registry: p/python");
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(semgrep({ rules: [] }))).toThrow("SYM1203 options.rules is not an option");
});
