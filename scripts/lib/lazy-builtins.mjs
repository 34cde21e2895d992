import { builtinModules } from "node:module";

const PREFIX = "\0builtin:";

/** Take long to load and are of functions: for our own modules they are loaded when the first is called. */
const LATE = ["child_process", "crypto"];

/**
 * Takes Node's own modules as plain objects. An `import` of one looks at all of its members, some of which load more
 * modules when they are looked at: that is a quarter of the start of a process that wants three functions of `node:fs`.
 * @returns {import("rolldown").Plugin}
 */
export function lazyBuiltins() {
  return {
    name: "lazy-builtins",
    resolveId(id, importer) {
      const name = id.replace(/^node:/, "");
      if (LATE.includes(name) && !importer?.includes("node_modules"))
        return { id: `${PREFIX}late:${name}`, moduleSideEffects: false };
      return builtinModules.includes(name) || id.startsWith("node:")
        ? { id: PREFIX + name, moduleSideEffects: false }
        : null;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const isLate = id.startsWith(`${PREFIX}late:`);
      const name = `node:${id.slice(PREFIX.length).replace(/^late:/, "")}`;
      const members = Object.keys(process.getBuiltinModule(name) ?? {}).filter(
        (member) => /^[A-Za-z_$][\w$]*$/.test(member) && member !== "default",
      );
      if (isLate)
        return [
          `let loaded; const all = () => (loaded ??= process.getBuiltinModule("${name}"));`,
          ...members.map((member) => `export const ${member} = (...given) => all().${member}(...given);`),
        ].join("\n");
      const named = members.map((member) => `const ${member}_ = all.${member}; export { ${member}_ as ${member} };`);
      return [`const all = process.getBuiltinModule("${name}");`, ...named, "export default all;"].join("\n");
    },
  };
}
