import { testPlugin } from "@symbiotic-build/engine/testing";
import { definePlugin, ok } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { z } from "zod";
import { readJson } from "./read-json.ts";
import { validator } from "./validator.ts";

const acme = definePlugin({
  api: 1,
  name: "acme",
  from: import.meta.url,
  options: z.strictObject({}).default({}),
  ...validator({
    tool: "acme",
    atom: "run_acme",
    title: "acme",
    describe: "Look for what is wrong",
    tools: () => [{ name: "acme", kind: "path-executable", bin: "acme", version: ["--version"] }],
    inputs: () => ({ files: ["**/*"] }),
    command: ({ tool }) => ({ argv: tool.argv, stdout: "data" }),
    finished: [0, 1],
    report: ({ stdout }) => {
      const read = readJson("acme", stdout, z.array(z.string()));
      return read.ok ? ok({ findings: [] }) : read;
    },
    gate: { id: "acme_clean", title: "acme clean", describe: "Nothing is wrong", required: () => false },
  }),
});

const atom = testPlugin(acme(), { files: { "a.txt": "" } }).atom("run_acme");

test("an exit code that stands for findings, and no report at all: the tool stopped, and what it said last is why", () => {
  const stderr = "Traceback:\nModuleNotFoundError: No module named 'half'\n";
  expect(atom.parse({ exitCode: 1, stderr })).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: "acme stopped with exit code 1: ModuleNotFoundError: No module named 'half'" },
  });
});

test("a report that is none, or none at the end that means nothing was found, is a report that nobody knows", () => {
  expect(atom.parse({ exitCode: 1, stdout: "{" })).toMatchObject({ ok: false, error: { code: "SYM4462" } });
  expect(atom.parse({ exitCode: 0 })).toMatchObject({ ok: false, error: { code: "SYM4462" } });
  expect(atom.parse({ exitCode: 1, stdout: "[]" })).toMatchObject({ ok: true });
});
