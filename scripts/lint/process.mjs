import { matchesGlob, relative } from "node:path";
import { ROOT } from "../lib/paths.mjs";

const MAINS = ["packages/engine/src/cli/main.ts", "packages/cli/src/main.ts"];
const CLI = ["packages/engine/src/cli/**", "packages/cli/src/**"];
const PRINTS = [...MAINS, "packages/engine/src/report/**"];
/** A program of its own inside a plugin: it talks by its arguments, streams and exit code. */
const PROGRAM = "packages/plugin-ruff/src/wasm/**";
/** It takes from its own thread's streams what others write there. */
const MUTES = "packages/engine/src/isolation/broker.ts";

/** Members of `process`: who may use them, and what the others hear. @type {Record<string, [string[], string]>} */
const MEMBERS = {
  env: [["packages/engine/src/cli/env.ts"], "only cli/env.ts reads the environment"],
  exit: [[], "nothing ends the process; cli/main.ts sets the exit code"],
  exitCode: [[...MAINS, PROGRAM], "only cli/main.ts sets the exit code"],
  stdout: [[...PRINTS, PROGRAM, MUTES], "only reporters print"],
  stderr: [[...PRINTS, PROGRAM, MUTES], "only reporters print"],
  argv: [[...CLI, PROGRAM], "only cli/ reads the arguments"],
  cwd: [[...CLI, PROGRAM], "the folder is passed in; only cli/ asks for it"],
  chdir: [[], "the folder is passed in"],
};

/**
 * What is global in a process has one owner each.
 * @type {import("eslint").Rule.RuleModule}
 */
export const processMembers = {
  meta: {
    type: "problem",
    schema: [],
    messages: { owned: "process.{{name}}: {{why}}", imported: "write `process`, so that its uses can be seen" },
  },
  create(context) {
    const file = relative(ROOT, context.filename).replaceAll("\\", "/");
    /** @param {any} node @param {string | undefined} name */
    const check = (node, name = "") => {
      const [allowed, why] = Object.hasOwn(MEMBERS, name) ? (MEMBERS[name] ?? [[], ""]) : [["**"], ""];
      if (allowed.some((glob) => matchesGlob(file, glob))) return;
      context.report({ node, messageId: "owned", data: { name, why } });
    };
    return {
      /** @param {any} node */
      MemberExpression(node) {
        if (isProcess(node.object)) check(node, node.computed ? node.property.value : node.property.name);
      },
      /** @param {any} node */
      VariableDeclarator(node) {
        if (!isProcess(node.init) || node.id.type !== "ObjectPattern") return;
        for (const property of node.id.properties) check(property, property.key?.name);
      },
      /** @param {any} node */
      "Literal[value=/^(node:)?process$/]": (node) => {
        if (/^(Import|Export)/.test(node.parent.type)) context.report({ node, messageId: "imported" });
      },
    };
  },
};

/** @param {any} node */
function isProcess(node) {
  if (node?.type === "Identifier") return node.name === "process";
  return node?.type === "MemberExpression" && node.object.name === "globalThis" && node.property.name === "process";
}
