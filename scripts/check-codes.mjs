// Refuses a diagnostic code that stands in a source and not in docs/errors.md, and one that is explained there and gone.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./lib/paths.mjs";
import { script } from "./lib/run.mjs";
import { repositoryFiles } from "./lib/tracked.mjs";

const PAGE = "docs/errors.md";
const SOURCE = /^packages\/([^/]+\/src\/.*\.ts|cli\/bin\/.*\.js)$/;
const TEST = /\.test\.ts$/;
const CODE = /\bSYM\d{4}\b/g;
const ROW = /^\|\s*(SYM(\d)\d{3})\s*\|/;

await script(() => {
  const used = codesInSources();
  const explained = rowsOfPage();
  const rows = new Set(explained.map(({ code }) => code));
  const problems = [
    ...[...used].filter(([code]) => !rows.has(code)).map(([code, place]) => `${place}  ${code} has no row in ${PAGE}`),
    ...explained.filter(({ code }) => !used.has(code)).map(({ code, line }) => `${at(line)}  no source has ${code}`),
    ...explained.filter(isMisplaced).map(({ code, line, stage }) => `${at(line)}  ${code} stands under stage ${stage}`),
    ...misorderedRows(explained),
  ];
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
});

/** @typedef {{ code: string, line: number, stage: string }} Row */

/** @returns {Map<string, string>} the first place of each code */
function codesInSources() {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const file of repositoryFiles().filter((name) => SOURCE.test(name) && !TEST.test(name))) {
    for (const [index, text] of readFileSync(join(ROOT, file), "utf8").split("\n").entries()) {
      for (const [code] of text.matchAll(CODE)) if (!found.has(code)) found.set(code, `${file}:${index + 1}`);
    }
  }
  return found;
}

/** @returns {Row[]} */
function rowsOfPage() {
  let stage = "";
  return readFileSync(join(ROOT, PAGE), "utf8")
    .split("\n")
    .flatMap((text, index) => {
      stage = /^## (\d):/.exec(text)?.[1] ?? stage;
      const code = ROW.exec(text)?.[1];
      return code === undefined ? [] : [{ code, line: index + 1, stage }];
    });
}

/** @param {Row} row */
function isMisplaced({ code, stage }) {
  return code.charAt(3) !== stage;
}

/** @param {readonly Row[]} rows */
function misorderedRows(rows) {
  return rows.flatMap(({ code, line }, index) => {
    const before = rows[index - 1]?.code ?? "";
    return before < code ? [] : [`${at(line)}  ${code} is twice or out of order`];
  });
}

/** @param {number} line */
function at(line) {
  return `${PAGE}:${line}`;
}
