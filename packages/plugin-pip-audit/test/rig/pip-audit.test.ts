import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import type { Diagnostic, Outcome, Result } from "@symbiotic-build/engine";
import { python } from "@symbiotic-build/plugin-python";
import { expect, test } from "vitest";
import { onDisk, pythonProgram, validate } from "../../../../test/support/validators.ts";
import { pipAudit } from "../../src/index.ts";
import { advisory, startOsv } from "./osv.ts";

const PYTHON = pythonProgram("tools", "python");
const RUN = { atom: "pip-audit", programs: { "{python}": PYTHON }, beside: [python()] };
const FILES = { "pyproject.toml": '[project]\nname = "a"\n', "a.py": "" };

const PACKAGES = {
  idna: [advisory("PYSEC-2024-60", "idna", "99.0", ["CVE-2024-3651"])],
  urllib3: [advisory("PYSEC-2021-108", "urllib3", "1.26.5"), advisory("GHSA-aaaa-bbbb-cccc", "urllib3", undefined)],
};

test("what is found in the environment is what pip-audit finds by hand", async () => {
  await using osv = await startOsv(PACKAGES);
  using repository = onDisk(FILES);
  const outcome = validate(pipAudit({ service: "osv", osvUrl: osv.url }), repository, RUN);
  const found = tuplesOf(outcome);
  expect(found).toEqual(byHand(repository.root, ["--local"], osv.url));
  expect(found.map((each) => each.replace(/ .*=/, "="))).toEqual([
    "idna=PYSEC-2024-60",
    "urllib3=GHSA-aaaa-bbbb-cccc",
    "urllib3=PYSEC-2021-108",
  ]);
  expect(outcome.ok && outcome.value.evidence.metrics?.[0]?.value).toBeGreaterThan(20);
});

test("requirements files are audited as pip-audit does by hand, and ignored advisories are left out", async () => {
  await using osv = await startOsv(PACKAGES);
  using repository = onDisk({ ...FILES, "pinned.txt": "urllib3==1.26.4\npy==1.11.0\n" });
  const args = ["--no-deps", "--disable-pip"];
  const options = { service: "osv" as const, osvUrl: osv.url, requirements: ["pinned.txt"], args };
  const found = tuplesOf(validate(pipAudit(options), repository, RUN));
  expect(found).toEqual(byHand(repository.root, ["-r", "pinned.txt", ...args], osv.url));
  expect(found).toEqual(["urllib3 1.26.4=GHSA-aaaa-bbbb-cccc", "urllib3 1.26.4=PYSEC-2021-108"]);
  const ignoring = { ...options, ignore: ["PYSEC-2021-108"] };
  expect(tuplesOf(validate(pipAudit(ignoring), repository, RUN))).toEqual(["urllib3 1.26.4=GHSA-aaaa-bbbb-cccc"]);
});

test("a module of the project that is called as one that pip-audit needs is not imported", async () => {
  await using osv = await startOsv(PACKAGES);
  using repository = onDisk({ ...FILES, "requests/__init__.py": "raise SystemExit(9)\n" });
  const found = tuplesOf(validate(pipAudit({ service: "osv", osvUrl: osv.url }), repository, RUN));
  expect(found).toHaveLength(3);
});

test("an environment without advisories is clean", async () => {
  await using osv = await startOsv({});
  using repository = onDisk(FILES);
  const outcome = validate(pipAudit({ service: "osv", osvUrl: osv.url }), repository, RUN);
  expect(tuplesOf(outcome)).toEqual([]);
});

test("a service that does not answer is a clear error", async () => {
  const gone = await startOsv({});
  await gone[Symbol.asyncDispose]();
  using repository = onDisk(FILES);
  expect(validate(pipAudit({ service: "osv", osvUrl: gone.url }), repository, RUN)).toMatchObject({
    ok: false,
    error: {
      code: "SYM4461",
      message: expect.stringContaining("Connection"),
      hint: expect.stringContaining("the network has to let it through"),
    },
  });
});

test("requirements that pip-audit cannot use are a clear error", () => {
  using repository = onDisk({ ...FILES, "loose.txt": "urllib3>=1\n" });
  const options = { requirements: ["loose.txt"], args: ["--no-deps", "--disable-pip"] };
  expect(validate(pipAudit(options), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining("not pinned to an exact version") },
  });
});

function tuplesOf(outcome: Result<Outcome, Diagnostic>): string[] {
  if (!outcome.ok) throw new Error(outcome.error.message);
  const findings = outcome.value.evidence.findings ?? [];
  return findings.map(({ message, rule }) => `${message.slice(0, message.indexOf(":"))}=${rule}`).sort();
}

function byHand(cwd: string, args: readonly string[], url: string): string[] {
  const words = ["-m", "pip_audit", ...args, "-f", "json", "-s", "osv", "--osv-url", url];
  const env = { PATH: process.env["PATH"], HOME: tmpdir() };
  const done = spawnSync(PYTHON, words, { cwd, encoding: "utf8", env });
  const { dependencies } = JSON.parse(done.stdout) as {
    dependencies: { name: string; version: string; vulns: { id: string }[] }[];
  };
  return dependencies.flatMap(({ name, version, vulns }) => vulns.map(({ id }) => `${name} ${version}=${id}`)).sort();
}
