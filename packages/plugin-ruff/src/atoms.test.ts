import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { contextOf, withTool } from "../test/context.ts";
import { formatCheck } from "./format.ts";
import { lint } from "./lint.ts";
import { optionsSchema } from "./options.ts";

const PYTHON = { "a.py": "" };

test("a project without Python has nothing to lint", () => {
  expect(lint.applies?.(contextOf({ files: { "README.md": "" } }))).toBe(false);
  expect(lint.applies?.(contextOf({ files: PYTHON }))).toBe(true);
  expect(lint.applies?.(contextOf({ files: PYTHON, project: { nested: ["."] } }))).toBe(false);
});

test("a project with nothing but Markdown has something to format only where ruff is the formatter", () => {
  expect(formatCheck.applies?.(contextOf({ files: { "README.md": "" } }))).toBe(false);
  expect(formatCheck.applies?.(contextOf({ files: { "README.md": "", "ruff.toml": "[format]\n" } }))).toBe(true);
});

test("the format check is skipped where black formats", () => {
  const context = contextOf({ files: { ...PYTHON, "pyproject.toml": "[tool.black]\n" } });
  expect(formatCheck.applies?.(context)).toEqual({ skipped: "the repository formats with black" });
  expect(lint.applies?.(context)).toBe(true);
});

test("a folder that the settings exclude is skipped, and the file is named", () => {
  const context = contextOf({ files: { "ruff.toml": 'exclude = ["x"]\n', "x/a.py": "" }, project: { root: "x" } });
  const skipped = { skipped: "ruff.toml excludes this folder from ruff" };
  expect(lint.applies?.(context)).toEqual(skipped);
  expect(formatCheck.applies?.(context)).toEqual(skipped);
});

test("where the settings extend a file outside the repository nothing is linted or formatted, and it is said why", () => {
  const context = contextOf({ files: { ...PYTHON, "ruff.toml": "extend = '~/base.toml'\n" } });
  const skipped = { skipped: "ruff.toml extends ~/base.toml, which is not a file of this repository" };
  expect(lint.applies?.(context)).toEqual(skipped);
  expect(formatCheck.applies?.(context)).toEqual(skipped);
});

test("a user's own settings are kept out on every system", () => {
  const context = withTool(contextOf({ files: PYTHON }));
  for (const { env } of [lint.command(context), formatCheck.command(context)])
    expect(env).toMatchObject({ APPDATA: "/dev/null", XDG_CONFIG_HOME: "/dev/null" });
});

test("the embedded ruff is offered last, as advisory, where none is pinned", () => {
  const [own, embedded, ...more] = lint.tools?.(contextOf({ files: PYTHON })) ?? [];
  expect(own).toEqual({ name: "ruff", kind: "python-executable", bin: "ruff", version: ["--version"] });
  expect(embedded).toMatchObject({
    name: "ruff-wasm",
    kind: "node-module",
    version: expect.stringMatching(/^0\.\d+\.\d+$/),
    advisory: true,
  });
  expect(embedded?.kind === "node-module" && existsSync(fileURLToPath(embedded.url))).toBe(true);
  expect(more).toEqual([]);
});

test("the embedded ruff is not offered where one is pinned or the options refuse it", () => {
  const names = (repository: Parameters<typeof contextOf>[0]): unknown =>
    formatCheck.tools?.(contextOf(repository)).map((tool) => tool.name);
  expect(names({ files: { ...PYTHON, "ruff.toml": 'required-version = "0.1.0"' } })).toEqual(["ruff"]);
  expect(names({ files: PYTHON, options: { embedded: false } })).toEqual(["ruff"]);
});

test("the command holds the options as flags, and no path", () => {
  const context = withTool(
    contextOf({ files: PYTHON, options: { select: ["F", "E4"], ignore: ["F401"], preview: false } }),
  );
  expect(lint.command(context).argv).toEqual([
    "{ruff}",
    "check",
    ".",
    "--output-format",
    "json",
    "--no-fix",
    "--no-fix-only",
    "--select",
    "F,E4",
    "--ignore",
    "F401",
    "--no-preview",
  ]);
  expect(formatCheck.command(context)).toMatchObject({
    argv: ["{ruff}", "format", "--check", ".", "--no-preview"],
    env: { RUFF_OUTPUT_FORMAT: "json" },
  });
});

test("the embedded ruff is started at the root and told its files in order", () => {
  const files = {
    "p/b.py": "",
    "p/a.py": "",
    "p/pyproject.toml": "[tool.ruff]\nline-length = 99\n[project]\nrequires-python = '>=3.9'\n",
  };
  const command = formatCheck.command(withTool(contextOf({ files, project: { root: "p" } }), "ruff-wasm"));
  expect(command).toMatchObject({ argv: ["{ruff-wasm}", "format"], cwd: "." });
  expect(JSON.parse(command.stdin ?? "")).toMatchObject({
    folder: "p",
    files: ["p/a.py", "p/b.py"],
    options: { "line-length": 99, "target-version": "py39" },
  });
});

test("settings, ignore files and what the settings extend are inputs", () => {
  const context = contextOf({
    files: { ...PYTHON, "ruff.toml": 'extend = "base.toml"\nextend-include = ["*.pyx"]\n' },
  });
  const inputs = lint.inputs(context);
  expect(inputs.literal).toEqual(["base.toml"]);
  expect(inputs.repositoryFiles).toEqual(["**/*.toml"]);
  expect(lint.inputs(contextOf({ files: PYTHON })).repositoryFiles).toBeUndefined();
  expect(inputs.configs).toEqual(expect.arrayContaining(["pyproject.toml", "ruff.toml", ".ruff.toml", ".gitignore"]));
  expect(inputs.files).toEqual(
    expect.arrayContaining(["**/*.py", "**/*.pyi", "**/*.ipynb", "**/*.pyx", "**/ruff.toml", "**/.gitignore"]),
  );
  expect(inputs.files).not.toContain("**/*.md");
  expect(formatCheck.inputs(context).files).toContain("**/*.md");
});

test("options may be left out, and a wrong one is refused", () => {
  expect(optionsSchema.parse(undefined)).toEqual({ embedded: true });
  expect(optionsSchema.safeParse({ selct: ["F"] }).success).toBe(false);
  expect(optionsSchema.safeParse({ select: ["F,E"] }).success).toBe(false);
});

test("the text of a ruff before 0.16 about several projects is divided: its paths begin at the repository's root", () => {
  const shared = (root: string): ReturnType<typeof withTool> =>
    withTool(contextOf({ files: { "ruff.toml": "", [`${root}/m.py`]: "" }, project: { root } }));
  const stdout =
    "Would reformat: a/m.py\nWould reformat: a/n.py\n2 files would be reformatted, 1 file already formatted\n";
  const parsed = formatCheck.batch?.parse({ exitCode: 1, stdout, stderr: "", files: {} }, [shared("a"), shared("b")]);
  expect(parsed).toMatchObject({
    ok: true,
    value: [
      { summary: "2 files", evidence: { findings: [{ file: "a/m.py" }, { file: "a/n.py" }] } },
      { summary: "ok", evidence: { findings: [] } },
    ],
  });
  expect(formatCheck.command(shared("a"))).toMatchObject({ cwd: ".", argv: expect.arrayContaining(["a"]) });
});
