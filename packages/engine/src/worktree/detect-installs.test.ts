import { expect, test } from "vitest";
import { detectInstalls, type InstallFacts } from "./detect-installs.ts";

function steps(files: readonly string[], more: Partial<InstallFacts> = {}): readonly unknown[] {
  const found = detectInstalls({ files, isInMain: () => false, platform: "linux", ...more });
  return found.map(({ folder, commands, lockfiles, makes }) => [
    folder,
    commands.map((argv) => argv.join(" ")),
    lockfiles,
    makes,
  ]);
}

test.each([
  [["uv.lock", "pyproject.toml"], ["uv sync --frozen"], ["uv.lock", "pyproject.toml"], ".venv"],
  [
    ["poetry.lock", "pyproject.toml"],
    ["poetry install --no-interaction"],
    ["poetry.lock", "pyproject.toml"],
    undefined,
  ],
  [["package-lock.json", "package.json"], ["npm ci"], ["package-lock.json", "package.json"], "node_modules"],
  [["npm-shrinkwrap.json"], ["npm ci"], ["npm-shrinkwrap.json"], "node_modules"],
  [["pnpm-lock.yaml"], ["pnpm install --frozen-lockfile"], ["pnpm-lock.yaml"], "node_modules"],
  [["yarn.lock"], ["yarn install --immutable"], ["yarn.lock"], undefined],
])("%j", (files, commands, lockfiles, makes) => {
  expect(steps(files)).toEqual([[".", commands, lockfiles, makes]]);
});

test("where a folder has several lockfiles of one kind, one of them counts", () => {
  expect(steps(["uv.lock", "poetry.lock"]).length).toBe(1);
  expect(steps(["yarn.lock", "package-lock.json", "pnpm-lock.yaml"])).toMatchObject([
    [".", ["pnpm install --frozen-lockfile"], ["pnpm-lock.yaml"], "node_modules"],
  ]);
});

test("Python and Node are installed both, and each folder by itself, in order", () => {
  const files = ["web/package-lock.json", "uv.lock", "package-lock.json", "api/uv.lock", "a.py"];
  expect(steps(files).map((step) => (step as unknown[]).slice(0, 2))).toEqual([
    [".", ["uv sync --frozen"]],
    [".", ["npm ci"]],
    ["api", ["uv sync --frozen"]],
    ["web", ["npm ci"]],
  ]);
});

test("lockfiles of what is installed ask for nothing", () => {
  expect(steps(["node_modules/x/package-lock.json", "a/.venv/lib/uv.lock", "x/site-packages/y/poetry.lock"])).toEqual(
    [],
  );
  expect(steps([])).toEqual([]);
});

test("requirements are installed for those who have an environment in their own tree", () => {
  const isInMain = (path: string): boolean => path === "api/.venv";
  expect(steps(["api/requirements.txt", "requirements.txt"], { isInMain })).toEqual([
    [
      "api",
      ["python3 -m venv .venv", ".venv/bin/python -m pip install --disable-pip-version-check -r requirements.txt"],
      ["api/requirements.txt"],
      "api/.venv",
    ],
  ]);
  expect(steps(["api/pyproject.toml", "api/setup.cfg"], { isInMain, platform: "win32" })).toEqual([
    [
      "api",
      ["python -m venv .venv", String.raw`.venv\Scripts\python.exe -m pip install --disable-pip-version-check -e .`],
      ["api/pyproject.toml", "api/setup.cfg"],
      "api/.venv",
    ],
  ]);
  expect(steps(["api/a.py"], { isInMain })).toEqual([]);
  expect(steps(["api/uv.lock", "api/requirements.txt"], { isInMain })).toMatchObject([
    ["api", ["uv sync --frozen"], ["api/uv.lock"], "api/.venv"],
  ]);
});

test("where an installer may not be used the next that a folder asks for counts, and where none may nothing does", () => {
  const files = ["uv.lock", "pyproject.toml", "pnpm-lock.yaml", "package-lock.json"];
  const asked = (...allowed: readonly string[]): unknown[] =>
    steps(files, { isInMain: () => true, allows: (each) => allowed.includes(each) }).map(
      (step) => (step as unknown[])[1],
    );
  expect(asked("uv", "npm")).toEqual([["uv sync --frozen"], ["npm ci"]]);
  expect(asked("pip")).toEqual([
    ["python3 -m venv .venv", ".venv/bin/python -m pip install --disable-pip-version-check -e ."],
  ]);
  expect(asked()).toEqual([]);
});
