import { symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { TEST_PATH } from "../support/places.ts";
import { createRepository } from "../support/repository.ts";
import { pythonProgram, TOOLS } from "../support/validators.ts";

test("black, eslint and prettier mend with the settings of the repository, eslint before prettier", async () => {
  using repository = createRepository({
    ".gitignore": "node_modules\n",
    "py/pyproject.toml":
      '[project]\nname = "py"\nversion = "1"\n[tool.black]\nskip-string-normalization = true\n[tool.ruff]\n',
    "py/a.py": "import os\nx = {  'a':1 }\n",
    "web/package.json": '{ "name": "web", "prettier": { "semi": false } }\n',
    "web/eslint.config.mjs": 'export default [{ rules: { "prefer-const": "error", "no-undef": "error" } }]\n',
    "web/a.mjs": "let  a = 1;\nmissing(a)\n",
    "web/b.json": '{"a":1}\n',
  });
  symlinkSync(join(TOOLS, "node/node_modules"), join(repository.root, "node_modules"), "junction");
  const PATH = [dirname(pythonProgram("tools", "python")), TEST_PATH].join(delimiter);
  const { stdout, exitCode } = await symbiotic(repository, ["fix"], { env: { PATH } });
  expect(repository.read("py/a.py")).toBe("x = {'a': 1}\n");
  expect(repository.read("web/a.mjs")).toBe("const a = 1\nmissing(a)\n");
  expect(repository.read("web/b.json")).toBe('{ "a": 1 }\n');
  expect(
    stdout
      .match(/^(?:\S+ {2})?(lint|format) +(\w+) +(.+?) {2,}/gm)
      ?.map((line) => line.trim().split(/ {2,}/).slice(-3).join(" ")),
  ).toEqual(["lint py ruff fix", "lint web eslint fix", "format py black fix", "format web prettier fix"]);
  expect([exitCode, stdout.includes("no-undef")]).toEqual([1, true]);
});
