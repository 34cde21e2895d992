import { errorOf } from "../../core/diagnostic.ts";
import { fail } from "../../core/result.ts";
import type { CliCommand } from "../command.ts";

/** `symbiotic plugin`: begins a plugin. */
export const pluginCommand: CliCommand = {
  name: "plugin",
  summary: "begin a plugin for a tool: a package with its tests",
  usage: "new <tool> [options]",
  describe:
    "Writes a package of the shape that all validators have: options, facts, a report that is read by a schema, an atom, a gate, tests and a README. What is there is never written over.",
  positionals: { least: 2, most: 2, what: "`new` and the name of the tool: letters, digits and `-`" },
  options: {
    kind: {
      kind: "value",
      value: "<kind>",
      oneOf: ["program", "python", "node"],
      describe: "where the tool comes from: PATH (program, the default), a Python environment, node_modules",
    },
    folder: { kind: "value", value: "<folder>", describe: "where to write it; plugins/<tool> where it is not said" },
  },
  examples: [
    ["symbiotic plugin new shellcheck", "a plugin for a program on PATH, in plugins/shellcheck"],
    ["symbiotic plugin new vulture --kind python", "one for a tool of the project's Python environment"],
  ],
  async run(parsed, context) {
    const [action, tool = ""] = parsed.positionals;
    if (action !== "new" || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(tool))
      return fail([
        errorOf(
          "SYM2064",
          action === "new" ? `\`${tool}\` is no name for a plugin` : `plugin has no \`${action ?? ""}\``,
          {
            hint: "write `symbiotic plugin new <tool>`, the tool in small letters, digits and `-`",
          },
        ),
      ]);
    const { newPlugin } = await import("../plugin/new-plugin.ts");
    return newPlugin({ tool, kind: parsed.values.get("kind"), folder: parsed.values.get("folder") }, context);
  },
};
