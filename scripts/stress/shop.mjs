import { commandRepository } from "../../test/binary/correctness/support/commands.ts";

/** @typedef {import("../../test/binary/correctness/support/commands.ts").CommandAtom} CommandAtom */

/** What each task waits for; `f` is a check, all others make `gen/<name>`. @type {Readonly<Record<string, readonly string[]>>} */
export const TASKS = { a: [], b: [], c: ["a", "b"], d: ["b"], e: ["c", "d"], f: ["e"] };

/** A task and all that it waits for, in any order.
 * @param {string} name
 * @returns {readonly string[]}
 */
export function closureOf(name) {
  return [...new Set([name, ...(TASKS[name] ?? []).flatMap(closureOf)])];
}

/**
 * A repository of six tasks in four levels. Each adds its name and its input to a file of the home folder when it runs, and
 * takes `slow` seconds in a process of its own; one that the file `linger` there names takes a minute.
 * @param {{ readonly slow?: string, readonly mark?: string }} options
 */
export function shop({ slow = "0", mark = "none" } = {}) {
  const atoms = Object.fromEntries(
    Object.entries(TASKS).map(([name, before]) => {
      const from = before.map((each) => `gen/${each}/out.txt`).join(" ");
      const linger = `if test "$(cat "$HOME/linger" 2> /dev/null)" = ${name}; then sleep 60; fi`;
      const told = `echo ${name} $(cat in.txt) >> "$HOME/ran"; sleep ${slow}; ${linger}`;
      const made = `mkdir -p gen/${name}/deep && (echo ${name}; cat in.txt ${from}) > gen/${name}/out.txt && cp gen/${name}/out.txt gen/${name}/deep/copy.txt`;
      const command = name === "f" ? `${told}; cat ${from}` : `${told}; ${made}`;
      const outputs = name === "f" ? {} : { outputs: [`gen/${name}`] };
      /** @type {CommandAtom} */
      const atom = { command, inputs: ["in.txt"], dependsOn: before, env: { SYMBIOTIC_TEST_MARK: mark }, ...outputs };
      return [name, atom];
    }),
  );
  return commandRepository({ atoms, files: { "in.txt": "1\n" } });
}

/** What the tasks of a closure make of an input: the files below `gen`, as `treeOf` tells them.
 * @param {string} input
 * @param {readonly string[]} names
 * @returns {Readonly<Record<string, string>>}
 */
export function madeOf(input, names = Object.keys(TASKS)) {
  /** @type {(name: string) => string} */
  const text = (name) => `${name}\n${input}\n${(TASKS[name] ?? []).map(text).join("")}`;
  const files = [...names]
    .filter((name) => name !== "f")
    .sort()
    .flatMap((name) => [
      [`${name}/deep/copy.txt`, `100644 ${text(name)}`],
      [`${name}/out.txt`, `100644 ${text(name)}`],
    ]);
  return Object.fromEntries(files);
}
