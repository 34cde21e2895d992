import { camel } from "./package-texts.ts";

/** The tests of a plugin, by path. */
export function testTexts(tool: string): Readonly<Record<string, string>> {
  return { [`src/${tool}.test.ts`]: testText(tool), [`test/fixtures/${tool}-1.0.0.json`]: fixtureText(tool) };
}

function testText(tool: string): string {
  const id = tool.replaceAll("-", "_");
  return `import { readFileSync } from "node:fs";
import { testPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import { ${camel(tool)} } from "./index.ts";

const { stdout, exitCode } = JSON.parse(
  readFileSync(new URL("../test/fixtures/${tool}-1.0.0.json", import.meta.url), "utf8"),
) as { readonly stdout: string; readonly exitCode: number };

const kit = testPlugin(${camel(tool)}(), { files: { "a.txt": "one\\n", ".${tool}.json": "{}", "b.png": "" } });
const atom = kit.atom("${tool}");

test("files and settings are inputs", () => {
  expect(atom.inputFiles).toEqual([".${tool}.json", "a.txt"]);
});

test("what ${tool} 1.0.0 wrote is read", () => {
  const outcome = atom.parse({ exitCode, stdout });
  expect(outcome).toMatchObject({
    ok: true,
    value: { summary: "1 finding", evidence: { findings: [{ rule: "R1", file: "a.txt", range: { start: { line: 1 } } }] } },
  });
  if (outcome.ok)
    expect(kit.gate("${id}_clean").decide({ run_${id}: outcome.value })).toMatchObject({ verdict: "fail", required: true });
});

test.each([
  ["a tool that gave up", { exitCode: 70, stderr: "fatal: no settings" }, "SYM4461"],
  ["a report that was cut off", { exitCode: 1, stdout: stdout.slice(0, 20) }, "SYM4462"],
  ["a file outside", { exitCode: 1, stdout: stdout.replace("a.txt", "../a.txt") }, "SYM4463"],
])("%s is no result", (_, ended, code) => {
  expect(atom.parse(ended)).toMatchObject({ ok: false, error: { code } });
});
`;
}

/** As a recording of the tool would be: to be replaced by one. */
function fixtureText(tool: string): string {
  const stdout = JSON.stringify([{ path: "a.txt", line: 1, column: 1, rule: "R1", message: "an example" }]);
  return `${JSON.stringify({ version: "1.0.0", command: `${tool} --json .`, exitCode: 1, stdout, stderr: "" }, undefined, 2)}\n`;
}
