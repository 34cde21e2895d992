import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALL, type Filter, filterText, isNarrow, matcher, readFilter } from "./filter.ts";
import { FLAGS, type PageData } from "./page-data.ts";

const DATA: PageData = {
  tools: ["bandit", "ruff"],
  projects: ["api", "cli"],
  files: ["src/Api.py", "src/cli.py"],
  gates: [{ id: "lint_clean", name: "lint clean" }],
  findings: [
    [1, 0, 0, 0, FLAGS.fixable, [0]],
    [1, 1, 1, 1, 0, []],
    [0, 2, 1, 1, FLAGS.known, []],
  ],
};
const WORDS = ["src/api.py f401 unused import", "src/cli.py sim115 open", "src/cli.py b101 assert"];

function shown(some: Partial<Filter>): number[] {
  const isShown = matcher(DATA, { ...ALL, ...some }, (place) => WORDS[place] ?? "");
  return [0, 1, 2].filter(isShown);
}

describe("a filter", () => {
  test("that says nothing shows all", () => {
    expect(shown({})).toEqual([0, 1, 2]);
    expect(isNarrow({ ...ALL, by: "rule" })).toBe(false);
  });

  test.each([
    [{ tool: "ruff" }, [0, 1]],
    [{ level: "note" }, [2]],
    [{ project: "cli" }, [1, 2]],
    [{ gate: "lint_clean" }, [0]],
    [{ state: "known" }, [2]],
    [{ state: "new" }, [0, 1]],
    [{ state: "fixable" }, [0]],
    [{ file: "API" }, [0]],
    [{ text: "src ASSERT" }, [2]],
    [{ tool: "ruff", project: "cli" }, [1]],
    [{ tool: "eslint" }, []],
    [{ gate: "no such gate" }, []],
  ])("%o leaves %o", (some, left) => {
    expect(shown(some)).toEqual(left);
    expect(isNarrow({ ...ALL, ...some })).toBe(true);
  });

  test("is the same after it has been a link, whatever is typed", () => {
    const text = fc.string({ unit: "grapheme" });
    const filter = fc.record({
      text,
      tool: text,
      level: text,
      gate: text,
      project: text,
      state: text,
      file: text,
      by: text,
    });
    fc.assert(
      fc.property(filter, (each) => {
        expect(readFilter(filterText(each))).toEqual(each);
      }),
    );
  });

  test("is not read from an address that names a place of the page", () => {
    expect(readFilter("coverage")).toBeUndefined();
    expect(readFilter("")).toEqual(ALL);
    expect(readFilter("%E0%A4%A=&tool=ruff&unknown=1")).toEqual({ ...ALL, tool: "ruff" });
  });
});
