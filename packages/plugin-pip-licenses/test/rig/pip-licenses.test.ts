import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic, Outcome, Result } from "@symbiotic-build/engine";
import { python } from "@symbiotic-build/plugin-python";
import { expect, test } from "vitest";
import { onDisk, pythonProgram, validate, type OnDisk } from "../../../../test/support/validators.ts";
import { pipLicenses } from "../../src/index.ts";

const PYTHON = pythonProgram("tools", "python");
const RUN = { atom: "pip-licenses", programs: { "{python}": PYTHON }, beside: [python()] };
const PROJECT = '[project]\nname = "a"\n';

test("what is told of licences is what pip-licenses tells by hand", () => {
  using repository = onDisk({ "pyproject.toml": PROJECT });
  const data = evidenceOf(validate(pipLicenses(), repository, RUN)).data?.["licences"];
  expect(data).toEqual(byHand(repository));
  expect(JSON.stringify(data)).toContain('"package":"bandit","version":"1.9.4","licence":"Apache-2.0"');
});

test("what is denied, and what is not allowed, is each package that has it by hand", () => {
  using repository = onDisk({ "pyproject.toml": PROJECT });
  const all = byHand(repository);
  const denied = rulesOf(validate(pipLicenses({ deny: ["mpl*", "Mozilla*"] }), repository, RUN));
  expect(denied).toEqual(
    all.filter(({ licence }) => /^(MPL|Mozilla)/.test(licence)).map((each) => `licence-denied ${each.package}`),
  );
  expect(denied).toContain("licence-denied certifi");
  const allow = ["MIT*", "Apache*", "BSD*", "PSF*", "Python*", "ISC*"];
  expect(rulesOf(validate(pipLicenses({ allow }), repository, RUN))).toEqual(
    all
      .filter(({ licence }) => !/(^|; )(MIT|Apache|BSD|PSF|Python|ISC)/.test(licence))
      .map((each) => `licence-${each.licence === "UNKNOWN" ? "unknown" : "not-allowed"} ${each.package}`),
  );
});

test("an environment in which all is allowed is clean", () => {
  using repository = onDisk({ "pyproject.toml": PROJECT });
  expect(rulesOf(validate(pipLicenses({ allow: ["*"], deny: ["AGPL*"] }), repository, RUN))).toEqual([]);
});

test("settings of the repository count, but for the form of the output, and its folders are not taken for installed", () => {
  using repository = onDisk({
    "pyproject.toml": `${PROJECT}[tool.pip-licenses]\npackages = ["certifi", "bandit"]\nfail-on = "Apache-2.0"\nformat = "csv"\noutput-file = "licences.csv"\n`,
    "own.egg-info/PKG-INFO": "Metadata-Version: 2.1\nName: own\nVersion: 1\n",
  });
  const outcome = validate(pipLicenses(), repository, RUN);
  expect(rulesOf(outcome)).toEqual(["licence-denied bandit"]);
  const { data } = evidenceOf(outcome);
  expect(data).toMatchObject({ licences: [{ package: "bandit" }, { package: "certifi" }] });
  expect(existsSync(join(repository.root, "licences.csv"))).toBe(false);
});

test("another environment is looked at where its interpreter is named", () => {
  using repository = onDisk({ "pyproject.toml": PROJECT });
  const outcome = validate(pipLicenses({ python: pythonPath(repository) }), repository, RUN);
  expect(JSON.stringify(evidenceOf(outcome).data)).toContain('"package":"semgrep"');
});

test("settings that pip-licenses cannot use are a clear error", () => {
  using repository = onDisk({ "pyproject.toml": `${PROJECT}[tool.pip-licenses]\nfrom = "nowhere"\n` });
  expect(validate(pipLicenses(), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining("invalid choice: 'nowhere'") },
  });
});

/** From the project's folder to another environment of the set-up. */
function pythonPath({ root }: OnDisk): string {
  return `${"../".repeat(root.split("/").length - 1)}${pythonProgram("semgrep", "python").slice(1)}`;
}

function evidenceOf(outcome: Result<Outcome, Diagnostic>): Outcome["evidence"] {
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value.evidence;
}

function rulesOf(outcome: Result<Outcome, Diagnostic>): string[] {
  const findings = evidenceOf(outcome).findings ?? [];
  return sorted(findings.map(({ rule, message }) => `${rule} ${message.split(" ")[0] ?? ""}`));
}

function sorted(lines: readonly string[]): string[] {
  return [...lines].sort((a, b) => ((a.split(" ")[1] ?? "") < (b.split(" ")[1] ?? "") ? -1 : 1));
}

function byHand({ root }: OnDisk): { package: string; version: string; licence: string }[] {
  const done = spawnSync(PYTHON, ["-m", "piplicenses", "--format", "json"], { cwd: root, encoding: "utf8" });
  const all = JSON.parse(done.stdout) as { Name: string; Version: string; License: string }[];
  return all
    .map(({ Name, Version, License }) => ({ package: Name, version: Version, licence: License }))
    .sort((a, b) => (a.package < b.package ? -1 : 1));
}
