import { z } from "../../packages/engine/src/zod.ts";

/** The package of which a plugin takes it. */
const ENGINE = "@symbiotic-build/engine";

/** What is taken of it, in code: `z.string(`, `z.coerce.`. */
const TAKEN = /\bz\.([a-z]\w*)(?=[(.])/g;

/**
 * Takes `zod` from the engine, in a package that has the engine beside it: a process then loads it once, and not with each plugin.
 * @param {{ readonly peerDependencies?: Readonly<Record<string, string>> }} manifest
 * @returns {import("rolldown").Plugin}
 */
export function sharedZod({ peerDependencies = {} }) {
  if (!(ENGINE in peerDependencies)) return { name: "shared-zod" };
  return {
    name: "shared-zod",
    resolveId: (id) => (id === "zod" ? { id: `${ENGINE}/zod`, external: true, moduleSideEffects: false } : null),
    transform(code, id) {
      if (!/import \{ z \} from "zod"/.test(code)) return;
      for (const [, name = ""] of code.matchAll(TAKEN))
        if (!(name in z)) throw new Error(`${id} takes \`${name}\` of zod: add it to packages/engine/src/zod.ts`);
    },
  };
}
