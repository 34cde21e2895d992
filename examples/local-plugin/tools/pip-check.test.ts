import assert from "node:assert/strict";
import { test } from "node:test";
import { testPlugin } from "@symbiotic-build/engine/testing";
import { python } from "@symbiotic-build/plugin-python";
import { pipCheck } from "./pip-check.ts";

const files = { "shop/pyproject.toml": '[project]\nname = "shop"\n' };
const atom = testPlugin(pipCheck(), { files, beside: [python()] }).atom("pip-check", "shop");

test("the environment's own pip is asked", () => {
  assert.deepEqual(atom.command().argv, ["{python}", "-m", "pip", "check"]);
});

test("each conflict is a finding of the project's manifest", () => {
  const parsed = atom.parse({ exitCode: 1, stdout: "a 1.0 requires b, which is not installed.\n" });
  assert.ok(parsed.ok);
  assert.equal(parsed.value.summary, "1 conflicts");
  assert.equal(parsed.value.evidence.findings?.[0]?.file, "shop/pyproject.toml");
});

test("a pip that gave up breaks the task", () => {
  const parsed = atom.parse({ exitCode: 2, stderr: "no such option" });
  assert.equal(parsed.ok, false);
});
