import { testPlugin, type TestedPlugin } from "@symbiotic-build/engine/testing";
import { python } from "@symbiotic-build/plugin-python";
import { expect, test } from "vitest";
import { mypy } from "./index.ts";
import type { MypySettings } from "./options.ts";

const FORM = [
  "--show-column-numbers",
  "--show-error-end",
  "--show-error-codes",
  "--hide-error-context",
  "--no-pretty",
  "--no-color-output",
  "--no-error-summary",
];

const TWO = {
  "pyproject.toml": '[project]\nname = "app"\ndependencies = ["lib"]\n',
  "app/__init__.py": "",
  "libs/lib/pyproject.toml": '[project]\nname = "lib"\n',
  "libs/lib/src/lib.py": "",
};

function tried(files: Readonly<Record<string, string>>, options?: MypySettings): TestedPlugin {
  return testPlugin(mypy(options), { files, beside: [python()] });
}

test("a project without Python has nothing to check, and stubs are Python", () => {
  expect(testPlugin(mypy(), { files: { "README.md": "" } }).atom("mypy").applies).toBe(false);
  expect(testPlugin(mypy(), { files: { "a.pyi": "" } }).atom("mypy").applies).toBe(true);
});

test("without settings all of the project is checked, and a user's own settings are kept out", () => {
  const command = testPlugin(mypy({ args: ["--warn-unreachable"] }), { files: { "a.py": "" } })
    .atom("mypy")
    .command();
  expect(command).toEqual({
    argv: [
      ...["{python}", "-m", "mypy", "--warn-unreachable", "--config-file=", "--cache-dir=.mypy_cache"],
      ...FORM,
      ".",
    ],
    cwd: ".",
    env: { PYTHONSAFEPATH: "1" },
  });
});

test("folders of other projects and of environments are left out", () => {
  const { argv } = testPlugin(mypy(), { files: TWO, beside: [python({ environment: "my.env" })] })
    .atom("mypy", "app")
    .command();
  expect(argv.slice(argv.indexOf("--exclude"))).toEqual(
    expect.arrayContaining(["--exclude", "^libs/lib/", "^my\\.env/"]),
  );
});

test("with settings above, mypy starts beside them and checks the project", () => {
  const files = { ...TWO, "mypy.ini": "[mypy]\n" };
  const { argv, cwd } = tried(files).atom("mypy", "lib").command();
  expect(cwd).toBe(".");
  expect(argv).toEqual(expect.arrayContaining(["--config-file=mypy.ini", "--cache-dir=libs/lib/.mypy_cache"]));
  expect(argv.at(-1)).toBe("libs/lib");
});

test("what the project's own settings name is left to mypy, what settings above name is divided", () => {
  const own = { "a.py": "", "setup.cfg": "[mypy]\nfiles = a.py\n" };
  expect(testPlugin(mypy(), { files: own }).atom("mypy").command().argv.at(-1)).toBe("--no-error-summary");
  const above = (files: string): TestedPlugin => tried({ ...TWO, "mypy.ini": `[mypy]\nfiles = ${files}\n` });
  expect(above("app, libs/*/src").atom("mypy", "lib").command().argv.at(-1)).toBe("libs/lib/src");
  expect(above("app").atom("mypy", "lib").applies).toEqual({ skipped: "mypy.ini leaves this folder out of mypy" });
});

test("of several settings those count that mypy takes", () => {
  const used = (files: Readonly<Record<string, string>>): unknown =>
    testPlugin(mypy(), { files: { "a.py": "", ...files } }).facts();
  const table = { "pyproject.toml": "[tool.mypy]\n" };
  expect(used({ "setup.cfg": "[mypy-x]\n" })).toMatchObject({ config: null, isUsed: false });
  expect(used({ "setup.cfg": "[mypy]\n" })).toMatchObject({ config: "setup.cfg", isUsed: true });
  expect(used({ "setup.cfg": "[mypy]\n", ...table })).toMatchObject({ config: "pyproject.toml" });
  expect(used({ ...table, ".mypy.ini": "" })).toMatchObject({ config: ".mypy.ini" });
  expect(used({ ...table, ".mypy.ini": "", "mypy.ini": "" })).toMatchObject({ config: "mypy.ini" });
});

test("sources here and upstream, settings, plugins and folders of stubs are inputs", () => {
  const files = {
    "pyproject.toml": '[tool.mypy]\nmypy_path = "typings"\nplugins = ["tools/plugin.py", "pydantic.mypy"]\n',
    "app/pyproject.toml": '[project]\nname = "app"\ndependencies = ["lib"]\n',
    "app/a.py": "",
    "app/py.typed": "",
    "app/data.csv": "",
    "lib/pyproject.toml": '[project]\nname = "lib"\n',
    "lib/lib.pyi": "",
    "other/pyproject.toml": '[project]\nname = "other"\n',
    "other/x.py": "",
    "tools/plugin.py": "",
    "typings/x/__init__.pyi": "",
  };
  const atom = tried(files).atom("mypy", "app");
  expect(atom.inputFiles).toEqual([
    "app/a.py",
    "app/py.typed",
    "app/pyproject.toml",
    "lib/lib.pyi",
    "pyproject.toml",
    "tools/plugin.py",
    "typings/x/__init__.pyi",
  ]);
  expect(atom.inputs).toMatchObject({ variables: ["MYPYPATH"], platform: true });
});

test("what git ignores is an input only where the settings heed it", () => {
  const inputsWith = (text: string): readonly string[] =>
    testPlugin(mypy(), { files: { "a.py": "", ".gitignore": "", "mypy.ini": text } }).atom("mypy").inputFiles;
  expect(inputsWith("[mypy]\n")).not.toContain(".gitignore");
  expect(inputsWith("[mypy]\nexclude_gitignore = true\n")).toContain(".gitignore");
});

test("strict for what changed is a second task over the files that changed, and over nothing where nothing is compared", () => {
  const strict = mypy({ strict: "changed" });
  const changed = ["libs/lib/src/lib.py", "app/app.py", "README.md"];
  const compared = testPlugin(strict, { files: TWO, beside: [python()], changed }).atom("mypy-strict", "lib");
  expect(compared.applies).toBe(true);
  expect(compared.command().argv.slice(-1)).toEqual(["src/lib.py"]);
  const alone = testPlugin(strict, { files: TWO, beside: [python()] }).atom("mypy-strict", "lib");
  expect(alone.command().argv).toEqual(["{python}", "-m", "mypy", "--version"]);
  expect(alone.parse({ stdout: "mypy 2.4.1\n" })).toMatchObject({ ok: true, value: { summary: "no file changed" } });
});

test("strict for all is one task, strict for paths is a second over those alone", () => {
  const strict = (options?: MypySettings): TestedPlugin => tried(TWO, options);
  expect(strict().atom("mypy-strict", "lib").applies).toBe(false);
  expect(strict({ strict: "all" }).atom("mypy-strict", "lib").applies).toBe(false);
  expect(strict({ strict: "all" }).atom("mypy", "lib").command().argv).toContain("--strict");
  const paths = strict({ strict: "paths", strictPaths: ["./libs/lib/src/"] });
  expect(paths.atom("mypy-strict", "app").applies).toBe(false);
  expect(paths.atom("mypy-strict", "lib").applies).toBe(true);
  expect(paths.atom("mypy", "lib").command().argv).not.toContain("--strict");
  const { argv } = paths.atom("mypy-strict", "lib").command();
  expect(argv).toEqual(expect.arrayContaining(["--strict", "--cache-dir=.mypy_cache/strict"]));
  expect(argv.at(-1)).toBe("src");
});

test("errors count for the gate, which is required where the repository uses mypy", () => {
  const decided = (files: Readonly<Record<string, string>>, stdout: string): unknown => {
    const kit = testPlugin(mypy(), { files: { "a.py": "", ...files } });
    const parsed = kit.atom("mypy").parse({ exitCode: stdout === "" ? 0 : 1, stdout });
    return kit.gate("mypy_clean").decide(parsed.ok ? { run_mypy_typecheck: parsed.value } : {});
  };
  expect(decided({}, "")).toMatchObject({ verdict: "pass", required: false });
  expect(decided({ "mypy.ini": "" }, "a.py:1:1:1:1: note: n\n")).toMatchObject({ verdict: "pass", required: true });
  expect(decided({ ".pre-commit-config.yaml": "- id: mypy\n" }, "a.py:1:1:1:1: error: n\n")).toMatchObject({
    verdict: "fail",
    measured: "1",
    required: true,
  });
});

test("a project that the settings leave out has no say", () => {
  const asked = (project: string, options?: MypySettings): unknown => {
    const kit = tried({ ...TWO, "mypy.ini": "[mypy]\nfiles = app\n" }, options);
    const none = { run_mypy_typecheck: "left out", run_mypy_strict: "left out" };
    const gate = options === undefined ? "mypy_clean" : "mypy_strict_clean";
    return kit.gate(gate, project).decide(none);
  };
  for (const options of [undefined, { strict: "changed" } as const]) {
    expect(asked("app", options)).toMatchObject({ verdict: "hold", required: true });
    expect(asked("lib", options)).toMatchObject({ required: false });
  }
});

test("a file that is no Python is a finding, though mypy stopped at it; any other stop is none", () => {
  const atom = testPlugin(mypy(), { files: { "a.py": "", "mypy.ini": "" } }).atom("mypy");
  const ended = (stdout: string, stderr = ""): unknown => atom.parse({ exitCode: 2, stdout, stderr });
  expect(ended("a.py:1:8:1:8: error: invalid syntax  [syntax]\n")).toMatchObject({
    ok: true,
    value: { evidence: { findings: [{ rule: "syntax", file: "a.py" }] } },
  });
  expect(ended("mypy.ini:2:1:2:1: error: Error importing plugin\n")).toMatchObject({ error: { code: "SYM4461" } });
  expect(ended('a.py: error: Duplicate module named "a"\n')).toMatchObject({ error: { code: "SYM4461" } });
  expect(ended("a.py:1:1:1:1: error: INTERNAL ERROR -- report it\n")).toMatchObject({ error: { code: "SYM4461" } });
  expect(ended("", "mypy: error: no such option")).toMatchObject({
    error: { code: "SYM4461", message: "mypy stopped with exit code 2: mypy: error: no such option" },
  });
  expect(ended("/elsewhere/x.pyi:1:1:1:1: error: m  [syntax]\n")).toMatchObject({ error: { code: "SYM4461" } });
  expect(atom.parse({ exitCode: 137 })).toMatchObject({ error: { code: "SYM4461" } });
});

test("a project that the settings leave without a file is clean", () => {
  const atom = testPlugin(mypy(), { files: { "a.py": "" } }).atom("mypy");
  const parsed = atom.parse({ exitCode: 2, stderr: "There are no .py[i] files in directory '.'\n" });
  expect(parsed).toMatchObject({ ok: true, value: { summary: "no files", evidence: { findings: [] } } });
});

test("a wrong option is refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(mypy({ arg: [] }))).toThrow(
    "SYM1203 options.arg is not an option; there is: args, strict, strictPaths",
  );
  expect(() => testPlugin(mypy({ strict: "paths" }))).toThrow("options.strictPaths: goes with `strict");
  expect(() => testPlugin(mypy({ strictPaths: ["src"] }))).toThrow("options.strictPaths: goes with `strict");
  expect(() => testPlugin(mypy({ strict: "paths", strictPaths: ["../x"] }))).toThrow("a path of the repository");
});
