import type { CommandAtom } from "@symbiotic-build/engine";
import { fixer } from "@symbiotic-build/validator";
import { eslint } from "./eslint.ts";
import type { EslintFacts } from "./facts.ts";
import type { EslintOptions } from "./options.ts";
import { LINTED } from "./settings.ts";

/** Takes the fixes of the rules, and no suggestions: the same command with `--fix`. */
export const fixEslint: CommandAtom<EslintOptions, EslintFacts> = fixer<EslintOptions, EslintFacts>({
  of: eslint,
  title: "eslint fix",
  describe: "Take the fixes of ESLint's rules",
  alias: "eslint-fix",
  lane: "lint",
  edits: () => LINTED,
  command: (context) => {
    const { argv, ...others } = eslint.command(context);
    return { ...others, argv: [...argv, "--fix"] };
  },
  finished: [0, 1],
});
