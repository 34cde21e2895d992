import type { Applies, Inputs } from "@symbiotic-build/engine";
import type { RuffContext } from "./context.ts";
import type { RuffFacts } from "./facts.ts";

/** Settings and ignore files that ruff looks up from a file's folder upwards, and what makes a folder a package. */
const LOOKED_UP = ["pyproject.toml", "ruff.toml", ".ruff.toml", ".gitignore", ".ignore", "__init__.py"];

/** Where ruff keeps its cache; the cache itself is in no key, but people may move or switch it. */
const VARIABLES = ["RUFF_CACHE_DIR", "RUFF_NO_CACHE"];

/** Everything that a result of ruff depends on; `more` names files that only one of its commands reads. */
export function ruffInputs({ facts }: RuffContext, more: readonly string[] = []): Inputs {
  const below = LOOKED_UP.filter((name) => name !== "__init__.py").map((name) => `**/${name}`);
  return {
    files: ["**/*.py", "**/*.pyi", "**/*.pyw", "**/*.ipynb", ...more, ...below, ...facts.includes],
    configs: LOOKED_UP,
    literal: facts.extends,
    // What is extended may extend a file in its turn.
    ...(facts.extends.length === 0 ? {} : { repositoryFiles: ["**/*.toml"] }),
    variables: VARIABLES,
  };
}

/** Settings that lie outside the repository may change unseen and are others on another machine: nothing is said by them. */
export function knownSettings({ unknownSettings }: RuffFacts): Applies {
  return unknownSettings === null || { skipped: unknownSettings };
}
