import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { onDisk, python, validate } from "../../../../test/support/validators.ts";
import { complexity } from "../../src/index.ts";

/** The ruff that the set-up installs. */
const RUFF = fileURLToPath(new URL("../../../../.cache/python/bin/ruff", import.meta.url));
const RUN = { atom: "complexity", programs: { "{tool}": RUFF }, beside: [python()] };
const PROJECT = '[project]\nname = "a"\n[tool.ruff]\nlint.select = []\n';
const CODE =
  "class A:\n    def f(self, a):\n        if a:\n            return 1\n\n\ndef f():  # noqa: C901\n    pass\n";

test("every function of the project is measured as ruff measures it, whatever the settings and suppressions say", () => {
  using repository = onDisk({
    "pyproject.toml": PROJECT,
    "src/a.py": CODE,
    "bad.py": "def f(:\n",
    "lib/pyproject.toml": '[project]\nname = "lib"\n',
    "lib/b.py": CODE,
  });
  const measured = validate(complexity(), repository, { ...RUN, project: "a" });
  expect(measured).toMatchObject({
    ok: true,
    value: {
      summary: "2 functions",
      evidence: {
        data: {
          functions: {
            "src/a.py": [
              ["f", 2],
              ["f", 1],
            ],
          },
        },
      },
    },
  });
  const settings = ["--isolated", "--ignore-noqa", "--select", "C901", "--config", "lint.mccabe.max-complexity = 0"];
  const byHand = spawnSync(RUFF, ["check", ...settings, "--output-format", "concise", "src"], {
    cwd: repository.root,
    encoding: "utf8",
  });
  expect(byHand.stdout.match(/\(\d+ > 0\)/g)).toEqual(["(2 > 0)", "(1 > 0)"]);
});

test("arguments that ruff refuses are a clear error", () => {
  using repository = onDisk({ "pyproject.toml": PROJECT, "a.py": CODE });
  expect(validate(complexity({ args: ["--no-such-flag"] }), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining("no-such-flag") },
  });
});
