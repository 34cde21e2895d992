import type { Parts } from "@symbiotic-build/engine";
import type { PytestFacts } from "../inspect/facts.ts";
import type { PytestOptions } from "../options.ts";

/** Under this name the recorder keeps what Python files are made of, so that no later run parses them again. */
const TABLES = ":units";

/** Under this one, the test files that pass only after others. */
const ORDER = ":order";

/** And under this one, those that an audit found to end otherwise among the others than by themselves. */
const AMONG = ":among";

/** What pytest collects: modules, and texts with doctests. */
const COLLECTED = /\.(py|txt|rst|md)$/;

/** A part is a test file. Which files are, pytest alone decides: so each that it may collect is asked for. */
export const parts: Parts<PytestOptions, PytestFacts> = {
  known: "known.json",
  names: ({ options }, paths) =>
    options.granularity === "project" ? [] : [TABLES, ORDER, AMONG, ...paths.filter((path) => COLLECTED.test(path))],
};
