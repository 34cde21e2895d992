import { ok, type Inspect, type SourceText } from "@symbiotic-build/engine";
import type { HypothesisOptions } from "./options.ts";

/** What the plugin knows of a project. */
export type HypothesisFacts = {
  /** It has modules in Python. */
  readonly hasPython: boolean;
  /** The repository asks for hypothesis, or has a profile for it. */
  readonly isUsed: boolean;
};

/** Files in which a development tool is named. */
const NAMED_IN = [
  "pyproject.toml",
  "setup.cfg",
  "setup.py",
  "tox.ini",
  "Pipfile",
  "requirements.txt",
  "requirements-dev.txt",
  "dev-requirements.txt",
  "requirements-test.txt",
  "requirements-tests.txt",
  "test-requirements.txt",
];

/** Looks whether the repository names hypothesis. */
export const inspect: Inspect<HypothesisOptions, HypothesisFacts> = {
  texts: NAMED_IN,
  paths: ["**/*.py"],
  facts: ({ texts, paths }) => ok({ hasPython: paths.length > 0, isUsed: texts.some(namesHypothesis) }),
};

/** As a requirement of whatever list, extra or group; `hypothesis-jsonschema` brings it along. */
function namesHypothesis({ text }: SourceText): boolean {
  return text
    .split(/\r?\n/)
    .some((line) => /(^|["'\s[,])hypothesis(-[a-z]+)?\s*($|["'[<>=!~;@,(\s])/i.test(withoutComment(line)));
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s)#.*$/, "");
}
