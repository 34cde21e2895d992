import { describe, expect, test } from "vitest";
import { viewOf } from "../../../../test/report/graph-views.ts";
import { pageData } from "../page-data.ts";
import { edgeEmphasis, emphases } from "./emphasis.ts";
import { createModel, NO_FILTER } from "./graph-model.ts";
import { headline, spoken } from "./sentences.ts";

/** lint of api; build of core ← build of api ← test of api; build of core ← test of core. */
const VIEW = viewOf([
  { project: "api", atom: "lint", ms: 5 },
  { project: "core", atom: "build", ms: 100 },
  { project: "api", atom: "build", after: [1], ms: 200 },
  { project: "core", atom: "test", after: [1], ms: 10 },
  { project: "api", atom: "test", after: [2], ms: 300 },
]);
const MODEL = createModel(pageData(VIEW));
const NOTHING = { query: "", filter: NO_FILTER, selected: null, marked: null };

describe("the model of the page", () => {
  test("knows everything before and after a task", () => {
    expect([...MODEL.ancestors(4)].sort()).toEqual([1, 2]);
    expect([...MODEL.descendants(1)].sort()).toEqual([2, 3, 4]);
    expect(MODEL.dependents[1]).toEqual([2, 3]);
  });

  test("finds by id, project, atom and title, every word, whatever the capitals", () => {
    expect(MODEL.search("API test")).toEqual([4]);
    expect(MODEL.search("core:")).toEqual([1, 3]);
    expect(MODEL.search("  ")).toEqual([]);
    expect(MODEL.search("nothing")).toEqual([]);
  });

  test("leaves what passes every part of a filter", () => {
    const atom = MODEL.data.atoms.findIndex(({ id }) => id === "build");
    expect(MODEL.shown(NO_FILTER)).toEqual([0, 1, 2, 3, 4]);
    expect(MODEL.shown({ project: "api", atom, level: null })).toEqual([2]);
    expect(MODEL.shown({ project: null, atom: null, level: 0 })).toEqual([0, 1]);
  });

  test("goes around in a circle once", () => {
    const [one, two] = MODEL.data.nodes;
    const circle = createModel({
      ...MODEL.data,
      nodes: [
        { ...one!, dependsOn: [1] },
        { ...two!, dependsOn: [0] },
      ],
    });
    expect([...circle.ancestors(0)]).toEqual([1]);
    expect([...circle.descendants(0)]).toEqual([1]);
  });
});

describe("what stands out", () => {
  test("around the selected task is what comes before and after it", () => {
    const around = emphases(MODEL, { ...NOTHING, selected: 2, query: "core" });
    expect([0, 1, 2, 3, 4].map((node) => around.of(node))).toEqual(["dim", "before", "selected", "dim", "after"]);
    expect([around.before, around.after]).toEqual([1, 1]);
  });

  test("without a selected task is what is marked, else what is searched", () => {
    const marked = { label: "lint clean", nodes: new Set([0]) };
    expect(emphases(MODEL, { ...NOTHING, marked, query: "core" }).of(0)).toBe("lit");
    expect(emphases(MODEL, { ...NOTHING, query: "core" }).of(1)).toBe("lit");
    expect(emphases(MODEL, { ...NOTHING, query: "core" }).of(0)).toBe("dim");
    expect(emphases(MODEL, NOTHING).of(0)).toBe("plain");
  });

  test("of the edges are those on a way to or from the selected task", () => {
    expect(edgeEmphasis("before", "selected")).toBe("before");
    expect(edgeEmphasis("before", "before")).toBe("before");
    expect(edgeEmphasis("selected", "after")).toBe("after");
    expect(edgeEmphasis("before", "dim")).toBe("dim");
    expect(edgeEmphasis("before", "after")).toBe("dim");
    expect(edgeEmphasis("plain", "plain")).toBe("plain");
  });
});

test("sentences say how much there is and what a task is", () => {
  expect(headline(MODEL, NO_FILTER)).toBe("5 tasks, 3 levels");
  expect(headline(MODEL, { ...NO_FILTER, project: "core" })).toBe("2 of 5 tasks, 3 levels");
  expect(spoken(MODEL, 2)).toBe("api:build_2, level 1, depends on 1, 1 dependent, takes 0.2s, on the critical path");
});
