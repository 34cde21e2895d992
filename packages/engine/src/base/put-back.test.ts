import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { putBack } from "./put-back.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "put-back-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function back(path: string, part = ""): string {
  const done = putBack([{ path, part, how: "was changed" }], { from: join(folder, "base"), to: join(folder, "tree") });
  if (!done.ok) return done.error.message;
  const place = join(folder, "tree", path);
  return existsSync(place) ? readFileSync(place, "utf8") : "nothing";
}

test("a whole file is what it is at the base, and is not there where there was none", () => {
  write("base/lib/ruff.toml", "a = 1\n");
  write("tree/.ruff.toml", "a = 2\n");
  expect(back("lib/ruff.toml")).toBe("a = 1\n");
  expect(back(".ruff.toml")).toBe("nothing");
});

test("of a file that says more only the parts are; one that is new loses them", () => {
  write("base/pyproject.toml", "[tool.ruff]\na = 1\n[x]\n");
  write("tree/pyproject.toml", "[tool.ruff]\na = 2\n[y]\n");
  write("tree/lib/package.json", '{ "prettier": {}, "name": "x" }');
  expect(back("pyproject.toml", "[tool.ruff]")).toBe("[tool.ruff]\na = 1\n[y]\n");
  expect(back("lib/package.json", "prettier")).toBe('{ "name": "x" }');
});

test("a file that is gone, and one that is no text, cannot be joined", () => {
  write("base/setup.cfg", "[mypy]\n");
  write("base/tox.ini", "[mypy]\n");
  write("tree/tox.ini", Buffer.from([0xff, 0x0a]));
  expect(back("setup.cfg", "[mypy]")).toBe("[mypy] of setup.cfg cannot be put back to what the base says");
  expect(back("tox.ini", "[mypy]")).toBe("[mypy] of tox.ini cannot be put back to what the base says");
});

test("nothing is written or removed behind a link: there lies what others use", () => {
  write("base/lib/ruff.toml", "a = 1\n");
  write("base/lib/setup.cfg", "[mypy]\n");
  write("user/ruff.toml", "a = 2\n");
  write("user/setup.cfg", "[mypy]\nx = 1\n");
  mkdirSync(join(folder, "tree"));
  symlinkSync(join(folder, "user"), join(folder, "tree/lib"), "junction");
  expect(back("lib/ruff.toml")).toBe("lib/ruff.toml cannot be put back to what the base says");
  expect(back("lib/setup.cfg", "[mypy]")).toBe("[mypy] of lib/setup.cfg cannot be put back to what the base says");
  expect(readFileSync(join(folder, "user/ruff.toml"), "utf8")).toBe("a = 2\n");
  expect(readFileSync(join(folder, "user/setup.cfg"), "utf8")).toBe("[mypy]\nx = 1\n");
});
