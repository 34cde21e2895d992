/** The package of which a plugin takes it. */
const ENGINE = "@symbiotic-build/engine";

/**
 * Takes `zod` from the engine, in a package that has the engine beside it: a process then loads it once, and not with each plugin.
 * @param {{ readonly peerDependencies?: Readonly<Record<string, string>> }} manifest
 * @returns {import("rolldown").Plugin}
 */
export function sharedZod({ peerDependencies = {} }) {
  return {
    name: "shared-zod",
    resolveId: (id) =>
      id === "zod" && ENGINE in peerDependencies
        ? { id: `${ENGINE}/zod`, external: true, moduleSideEffects: false }
        : null,
  };
}
