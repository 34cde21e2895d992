import type { Finding } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { ownFindings, pathOf } from "./places.ts";

test.each([
  ["{root}/src/a.py", ".", "src/a.py"],
  ["{root}/src/../a.py", "api", "a.py"],
  ["{root}", "api", "."],
  ["./a.py", "api", "api/a.py"],
  ["sub\\a.py", "api", "api/sub/a.py"],
  ["../core/a.py", "api", "core/a.py"],
  ["a.py", ".", "a.py"],
  ["././a.py", ".", "a.py"],
])("%s named in the folder %s is %s", (named, folder, path) => {
  expect(pathOf(named, { tool: "t", folder })).toEqual({ ok: true, value: path });
});

test.each(["/etc/passwd", "C:\\x.py", "../../x.py", "x/{root}/y", "../..", "{root}/../x.py", "{root}//etc/passwd"])(
  "%s is outside",
  (named) => {
    expect(pathOf(named, { tool: "t", folder: "api" })).toMatchObject({
      ok: false,
      error: { code: "SYM4463", message: expect.stringContaining(named) },
    });
  },
);

test("findings come in the order of their places, without those of other projects", () => {
  const at = (file: string, line: number, rule = "R"): Finding => ({
    ...{ tool: "t", rule, level: "error", message: "m", file, range: { start: { line, column: 1 } } },
  });
  const findings = [at("b.py", 1), at("a.py", 2), at("lib/c.py", 1), at("a.py", 1, "S"), at("a.py", 1)];
  expect(ownFindings(findings, { nested: ["lib"] })).toEqual([
    at("a.py", 1),
    at("a.py", 1, "S"),
    at("a.py", 2),
    at("b.py", 1),
  ]);
});
