import { builtinModules } from "node:module";

const PREFIX = "\0builtin:";

/**
 * Takes Node's own modules as plain objects. An `import` of one looks at all of its members, some of which load more
 * modules when they are looked at: that is a quarter of the start of a process that wants three functions of `node:fs`.
 * @returns {import("rolldown").Plugin}
 */
export function lazyBuiltins() {
  return {
    name: "lazy-builtins",
    resolveId(id) {
      const name = id.replace(/^node:/, "");
      return builtinModules.includes(name) || id.startsWith("node:")
        ? { id: PREFIX + name, moduleSideEffects: false }
        : null;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const name = `node:${id.slice(PREFIX.length)}`;
      const members = Object.keys(process.getBuiltinModule(name) ?? {}).filter(
        (member) => /^[A-Za-z_$][\w$]*$/.test(member) && member !== "default",
      );
      const named = members.map((member) => `const ${member}_ = all.${member}; export { ${member}_ as ${member} };`);
      return [`const all = process.getBuiltinModule("${name}");`, ...named, "export default all;"].join("\n");
    },
  };
}
