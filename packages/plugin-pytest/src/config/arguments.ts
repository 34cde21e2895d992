import { percentOf } from "./coverage-config.ts";

/** What the arguments of the repository, `addopts` and the plugin's own option, already decide. */
export interface GivenArguments {
  /** `--cov` is there. */
  readonly measures: boolean;
  /** Coverage is switched off: `--no-cov`, `-p no:cov`. */
  readonly blocksCoverage: boolean;
  /** pytest's cache is switched off: `-p no:cacheprovider`. */
  readonly blocksCache: boolean;
  /** The kinds of coverage report that are asked for: `html`, `term-missing`. */
  readonly reports: readonly string[];
  readonly failUnder: number | null;
  /** `--cov-config` names a file. */
  readonly namesConfig: boolean;
  readonly junit: boolean;
  /** `--doctest-modules`: every module is a test. */
  readonly doctestModules: boolean;
  /** `--doctest-glob`: texts are tests. */
  readonly doctestTexts: boolean;
}

/** Reads pytest's arguments, as far as they touch on what the plugin adds. */
export function readArguments(words: readonly string[]): GivenArguments {
  const values = (flag: string): readonly string[] => valuesOf(words, flag);
  const blocked = [...values("-p"), ...words.filter((word) => word.startsWith("-pno:")).map((word) => word.slice(2))];
  return {
    measures: words.some((word) => word === "--cov" || word.startsWith("--cov=")),
    blocksCoverage: words.includes("--no-cov") || blocked.some((name) => name === "no:cov" || name === "no:pytest_cov"),
    blocksCache: blocked.includes("no:cacheprovider"),
    reports: values("--cov-report").flatMap((value) => value.split(":", 1)),
    failUnder: percentOf(values("--cov-fail-under").at(-1)),
    namesConfig: values("--cov-config").length > 0,
    junit: values("--junitxml").length + values("--junit-xml").length > 0,
    doctestModules: words.includes("--doctest-modules"),
    doctestTexts: values("--doctest-glob").length > 0,
  };
}

function valuesOf(words: readonly string[], flag: string): readonly string[] {
  return words.flatMap((word, index) => {
    if (word === flag) return words[index + 1] ?? [];
    return word.startsWith(`${flag}=`) ? word.slice(flag.length + 1) : [];
  });
}
