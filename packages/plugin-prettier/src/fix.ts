import type { CommandAtom } from "@symbiotic-build/engine";
import { fixer } from "@symbiotic-build/validator";
import type { PrettierFacts } from "./facts.ts";
import type { PrettierOptions } from "./options.ts";
import { prettier } from "./prettier.ts";
import { FORMATTED } from "./settings.ts";

/** Writes a project's files as its check wants them: the same command with `--write`. */
export const fixPrettier: CommandAtom<PrettierOptions, PrettierFacts> = fixer<PrettierOptions, PrettierFacts>({
  of: prettier,
  title: "prettier fix",
  describe: "Format files with Prettier",
  alias: "prettier-fix",
  lane: "format",
  edits: () => FORMATTED,
  command: (context) => {
    const { argv, ...others } = prettier.command(context);
    return { ...others, argv: [...argv, "--write"] };
  },
  // 2: some file cannot be parsed, and all others are written; the check names it.
  finished: [0, 1, 2],
});
