import { fixer } from "@symbiotic-build/validator";
import type { CommandAtom } from "@symbiotic-build/engine";
import { black } from "./black.ts";
import type { BlackFacts } from "./facts.ts";
import type { BlackOptions } from "./options.ts";

/** Formats a project as its check wants it: the same command without `--check`. */
export const fixBlack: CommandAtom<BlackOptions, BlackFacts> = fixer<BlackOptions, BlackFacts>({
  of: black,
  title: "black fix",
  describe: "Format Python with black",
  alias: "black-fix",
  lane: "format",
  edits: ({ facts }) => (facts.includes ? ["**/*"] : ["**/*.py", "**/*.pyi", "**/*.ipynb"]),
  command: (context) => {
    const { argv, ...others } = black.command(context);
    const [program, ...words] = argv;
    return { ...others, argv: [program, ...words.filter((word) => word !== "--check")] };
  },
  finished: [0, 123],
});
