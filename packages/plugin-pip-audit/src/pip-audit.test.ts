import { testPlugin } from "@symbiotic-build/engine/testing";
import { python } from "@symbiotic-build/plugin-python";
import { expect, test } from "vitest";
import { pipAudit } from "./index.ts";

const FILES = { "pyproject.toml": '[project]\nname = "whole"\n', "a.py": "" };
const FORM = ["--format", "json", "--progress-spinner", "off", "--desc", "off", "--vulnerability-service"];
/** What lies in the project is not imported by the tool. */
const SAFE = { PYTHONSAFEPATH: "1" };

test("it looks at projects of Python", () => {
  expect(testPlugin(pipAudit(), { files: { "package.json": "{}" } }).atom("pip-audit").applies).toBe(false);
  expect(testPlugin(pipAudit(), { files: { "setup.py": "" } }).atom("pip-audit").applies).toBe(true);
});

test("it joins the target `audit` alone, as it needs the network, and its result is not kept", () => {
  const { targets, atoms } = pipAudit().spec;
  expect(targets).toEqual({ audit: ["run_pip_audit"] });
  expect(atoms?.["run_pip_audit"]?.cache).toBe("it asks an advisory service");
});

test("the gate is required where the repository runs pip-audit in pre-commit", () => {
  const requiredWith = (files: Readonly<Record<string, string>>): boolean =>
    testPlugin(pipAudit(), { files: { ...FILES, ...files } })
      .gate("pip_audit_clean")
      .decide({ run_pip_audit: { status: "ok", summary: "ok", evidence: { tool: "pip-audit", findings: [] } } })
      .required;
  expect(requiredWith({})).toBe(false);
  expect(requiredWith({ ".pre-commit-config.yaml": "repos:\n- repo: x\n  hooks:\n  - id: pip-audit\n" })).toBe(true);
});

test("the environment is audited, or the requirements files that are named", () => {
  const command = (options: Parameters<typeof pipAudit>[0]): unknown =>
    testPlugin(pipAudit(options), { files: FILES }).atom("pip-audit").command();
  expect(command({})).toEqual({
    argv: ["{python}", "-m", "pip_audit", "--local", ...FORM, "pypi"],
    env: SAFE,
    stdout: "data",
  });
  expect(command({ python: ".venv/bin/python", ignore: ["PYSEC-1"], args: ["--skip-editable"] })).toEqual({
    argv: [
      ...["{python}", "-m", "pip_audit", "--local", ...FORM, "pypi"],
      ...["--ignore-vuln", "PYSEC-1", "--skip-editable"],
    ],
    env: { ...SAFE, PIPAPI_PYTHON_LOCATION: ".venv/bin/python" },
    stdout: "data",
  });
  const osvUrl = "http://127.0.0.1:1/query";
  expect(command({ requirements: ["a.txt", "b.txt"], python: "x", service: "osv", osvUrl })).toEqual({
    argv: [
      ...["{python}", "-m", "pip_audit", "--requirement", "a.txt", "--requirement", "b.txt", ...FORM, "osv"],
      ...["--osv-url", osvUrl],
    ],
    env: SAFE,
    stdout: "data",
  });
});

test("one that is installed for itself would audit itself: it is taken only where it is told what to audit", () => {
  const install = (options: Parameters<typeof pipAudit>[0]): unknown =>
    testPlugin(pipAudit(options), { files: FILES }).atom("pip-audit").tools[0]?.install?.package;
  expect(install({})).toBeUndefined();
  expect(install({ requirements: ["a.txt"] })).toBe("pip-audit");
  expect(install({ python: ".venv/bin/python" })).toBe("pip-audit");
});

test("manifests, locks and the files that are named are inputs", () => {
  const files = {
    ...FILES,
    "uv.lock": "",
    "lib/pyproject.toml": '[project]\nname = "lib"\n',
    "lib/requirements/test.txt": "",
    "lib/dev-requirements.txt": "",
    "lib/pinned.txt": "",
    "lib/other.txt": "",
  };
  const kit = testPlugin(pipAudit({ requirements: ["pinned.txt"] }), { files, beside: [python()] });
  expect(kit.atom("pip-audit", "lib").inputFiles).toEqual([
    "lib/dev-requirements.txt",
    "lib/pinned.txt",
    "lib/pyproject.toml",
    "lib/requirements/test.txt",
    "pyproject.toml",
    "uv.lock",
  ]);
});

test("findings are about the most exact file of the project", () => {
  const stdout = JSON.stringify({
    dependencies: [
      { name: "x", version: "1", vulns: [{ id: "PYSEC-1", fix_versions: ["2", "3"], aliases: [] }] },
      { name: "y", skip_reason: "not on PyPI" },
    ],
  });
  const parsed = (files: Readonly<Record<string, string>>, requirements: string[] = []): unknown => {
    const atom = testPlugin(pipAudit({ requirements }), { files: { ...FILES, ...files } }).atom("pip-audit");
    const outcome = atom.parse({ exitCode: 1, stdout });
    return outcome.ok && [outcome.value.summary, ...(outcome.value.evidence.findings ?? []).map(({ file }) => file)];
  };
  expect(parsed({})).toEqual(["1 finding, 1 package not audited", "pyproject.toml"]);
  expect(parsed({ "requirements.txt": "" })).toEqual(["1 finding, 1 package not audited", "requirements.txt"]);
  expect(parsed({ "requirements.txt": "", "uv.lock": "" })).toContain("uv.lock");
  expect(parsed({ "uv.lock": "" }, ["pinned.txt"])).toContain("pinned.txt");
});

test.each([
  [1, "ERROR:pip_audit._cli:invalid requirements input: x.txt"],
  [2, "pip-audit: error: unrecognized arguments: --x"],
])("a pip-audit that ends with %i and no report is no result", (exitCode, stderr) => {
  expect(testPlugin(pipAudit(), { files: FILES }).atom("pip-audit").parse({ exitCode, stderr })).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: `pip-audit stopped with exit code ${String(exitCode)}: ${stderr}` },
  });
});

test("wrong options are refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(pipAudit({ arg: [] }))).toThrow("SYM1203 options.arg is not an option; there is: args");
  const osvUrl = "https://osv.example/v1/query";
  expect(() => testPlugin(pipAudit({ osvUrl }))).toThrow(
    'SYM1204 options.osvUrl: this is where OSV is: it needs `service: "osv"`',
  );
  const secret = { service: "osv" as const, osvUrl: "https://me:pass@osv.example/" };
  expect(() => testPlugin(pipAudit(secret))).toThrow("a user name or a password in an address would be shown");
});
