import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { errorOf, warningOf } from "../core/diagnostic.ts";
import { formatDiagnostic } from "./diagnostic.ts";

const wrongOption = errorOf("SYM1203", "plugins[0].options.selct is not an option of ruff", {
  location: { file: "symbiotic.config.ts", line: 7, column: 12, length: 5 },
  excerpt: '    ruff({ selct: ["E", "F"] }),',
  hint: "did you mean `select`?",
  notes: ["options of ruff: select, ignore, fixable, preview"],
});

test("a diagnostic says what, where, and what to do", () => {
  expect(formatDiagnostic(wrongOption, { colour: false })).toMatchInlineSnapshot(`
    "error SYM1203  plugins[0].options.selct is not an option of ruff
      --> symbiotic.config.ts:7:12
       7 |     ruff({ selct: ["E", "F"] }),
         |            ^^^^^ did you mean \`select\`?
      options of ruff: select, ignore, fixable, preview"
  `);
});

test("without a source line the hint comes last", () => {
  const cycle = errorOf("SYM3001", "blocked_by makes a cycle of 3 issues", {
    notes: [
      "M3-04  blocked by M3-07   docs/issues/M3-04.md:9:14",
      "M3-07  blocked by M3-04   docs/issues/M3-07.md:9:14",
    ],
    hint: "remove one of the lines; `symbiotic issues graph --cycle` draws it",
  });
  expect(formatDiagnostic(cycle, { colour: false })).toMatchInlineSnapshot(`
    "error SYM3001  blocked_by makes a cycle of 3 issues
      M3-04  blocked by M3-07   docs/issues/M3-04.md:9:14
      M3-07  blocked by M3-04   docs/issues/M3-07.md:9:14
      remove one of the lines; \`symbiotic issues graph --cycle\` draws it"
  `);
});

test("a hint that does not fit beside the marker has a line of its own", () => {
  expect(formatDiagnostic(wrongOption, { colour: false, width: 40 })).toMatchInlineSnapshot(`
    "error SYM1203  plugins[0].options.selct is not an option of ruff
      --> symbiotic.config.ts:7:12
       7 |     ruff({ selct: ["E", "F"] }),
         |            ^^^^^
      options of ruff: select, ignore, fixable, preview
      did you mean \`select\`?"
  `);
});

test("a warning with a place and no source line is as short", () => {
  const warning = warningOf("SYM6004", "a blob was damaged\nand is made again", {
    location: { file: "a.py", line: 3 },
  });
  expect(formatDiagnostic(warning, { colour: false })).toMatchInlineSnapshot(`
    "warning SYM6004  a blob was damaged
      and is made again
      --> a.py:3"
  `);
});

test("colour changes no text", () => {
  const coloured = formatDiagnostic(wrongOption, { colour: true });
  expect(coloured).toContain("\u001b[31merror");
  expect(stripVTControlCharacters(coloured)).toBe(formatDiagnostic(wrongOption, { colour: false }));
});
