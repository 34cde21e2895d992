import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { makeEnvironment, temporaryFolder, WINDOWS, write } from "../../../test/support/python-environment.ts";
import type { EnvironmentCandidate } from "../../plugin/tool.ts";
import { locateEnvironments } from "./environment.ts";
import { findOnPath, type Host } from "./host.ts";
import { missingEnvironments } from "./missing-environment.ts";
import { environmentName } from "./poetry-cache.ts";

const CANDIDATES: readonly EnvironmentCandidate[] = [
  { ecosystem: "python", kind: "directory", path: "api/.venv" },
  { ecosystem: "python", kind: "directory", path: ".venv" },
  { ecosystem: "python", kind: "variable", name: "VIRTUAL_ENV" },
  { ecosystem: "python", kind: "path" },
];

function hostOf(root: string, env: Record<string, string> = {}): Host {
  return { root, env: { PATH: process.env["PATH"], ...env }, home: join(root, "home") };
}

test("environments are given in the order of their candidates, those that are not there left out", () => {
  const root = temporaryFolder();
  makeEnvironment(join(root, ".venv"));
  makeEnvironment(join(root, "active"));
  const found = locateEnvironments(CANDIDATES, hostOf(root, { VIRTUAL_ENV: join(root, "active") }));
  expect(found.map(({ origin }) => origin)).toEqual([".venv", "VIRTUAL_ENV", "PATH"]);
  expect(found.map(({ directory }) => directory)).toEqual([join(root, ".venv"), join(root, "active"), null]);
  expect(dirname(found[0]?.python ?? "")).toBe(found[0]?.binDirectory);
});

test("an environment that two candidates lead to is given once, under the first", () => {
  const root = temporaryFolder();
  const { directory } = makeEnvironment(join(root, ".venv"));
  symlinkSync(directory, join(root, "link"), "junction");
  const found = locateEnvironments(CANDIDATES.slice(0, 3), hostOf(root, { VIRTUAL_ENV: join(root, "link") }));
  expect(found.map(({ origin }) => origin)).toEqual([".venv"]);
});

test("an environment whose interpreter is gone is none, and said to be missing only where it is configured", () => {
  const root = temporaryFolder();
  const { python } = makeEnvironment(join(root, ".venv"));
  rmSync(python);
  if (!WINDOWS) {
    rmSync(join(dirname(python), "python3"));
    symlinkSync(join(root, "no-such-python"), python);
  }
  const configured = { ecosystem: "python", kind: "directory", path: ".venv", configured: true } as const;
  expect(locateEnvironments([configured], hostOf(root))).toEqual([]);
  expect(missingEnvironments([configured, ...CANDIDATES], hostOf(root))).toMatchObject([
    { code: "SYM8101", message: "the configured environment .venv has no Python interpreter" },
  ]);
});

test("without PATH and without environments there is none", () => {
  const root = temporaryFolder();
  expect(locateEnvironments(CANDIDATES, { root, env: {}, home: root })).toEqual([]);
});

test("a program is found on PATH only where it can be started", () => {
  const root = temporaryFolder();
  const program = WINDOWS ? "tool.exe" : "tool";
  write(join(root, "first", "tool.txt"), "");
  if (!WINDOWS) write(join(root, "first", program), "", 0o644);
  mkdirSync(join(root, "second", program), { recursive: true });
  write(join(root, "third", program), "", 0o755);
  const PATH = ["relative", ...["first", "second", "third"].map((name) => join(root, name))].join(delimiter);
  const found = findOnPath({ root, env: { PATH, PATHEXT: ".exe" }, home: root }, "tool");
  expect(found).toBe(join(root, "third", program));
});

test("Poetry's environment is the one it was told to use, else that of the newest Python", () => {
  const root = temporaryFolder();
  const cache = join(root, "cache");
  const base = environmentName("My App", join(root, "api"));
  mkdirSync(join(root, "api"));
  for (const version of ["3.9", "3.10"]) makeEnvironment(join(cache, "virtualenvs", `${base}-py${version}`));
  const candidates = [{ ecosystem: "python", kind: "poetry", name: "My App", root: "api" }] as const;
  const host = hostOf(root, { POETRY_CACHE_DIR: cache });
  expect(locateEnvironments(candidates, host)).toMatchObject([
    { origin: "Poetry", directory: join(cache, "virtualenvs", `${base}-py3.10`) },
  ]);
  write(join(cache, "virtualenvs", "envs.toml"), `["${base}"]\nminor = "3.9"\npatch = "3.9.1"\n`);
  expect(locateEnvironments(candidates, host)[0]?.directory).toBe(join(cache, "virtualenvs", `${base}-py3.9`));
});
