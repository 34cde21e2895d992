/** A hook of git that is written here, with what it runs. */
export const HOOKS = { "pre-commit": "run gates --staged", "pre-push": "run gates --affected" } as const;

/** The name of such a hook. */
export type HookName = keyof typeof HOOKS;

const MARK = "# Made by `symbiotic hook install`; `symbiotic hook uninstall` takes it away.";

/** Where a hook finds its program on this machine, absolute. */
export interface HookProgram {
  readonly node: string;
  readonly binary: string;
}

/**
 * The text of a hook, for any `sh`, also the one that git brings on Windows. It takes the symbiotic that is installed in
 * the work tree, else the one that made it, else the one on PATH; and the Node that made it, as a hook started by an editor
 * may have none on PATH. Without `program` it names no place of this machine.
 */
export function hookScript(name: HookName, program?: HookProgram): string {
  return [
    "#!/bin/sh",
    MARK,
    `node=${program === undefined ? "" : quoted(program.node)}`,
    `made_by=${program === undefined ? "" : quoted(program.binary)}`,
    '[ -x "$node" ] || node=$(command -v node)',
    'for program in node_modules/@symbiotic-build/cli/bin/symbiotic.js "$made_by"; do',
    `  [ -n "$node" ] && [ -f "$program" ] && exec "$node" "$program" ${HOOKS[name]} </dev/null`,
    "done",
    `command -v symbiotic >/dev/null && exec symbiotic ${HOOKS[name]} </dev/null`,
    `echo "${name}: symbiotic was not found, so nothing was checked. Install it, or take the hook away: $0" >&2`,
    "exit 1",
    "",
  ].join("\n");
}

/** Whether a text is that of a hook that was written here. */
export function isOurs(text: string): boolean {
  return text.split("\n", 3).includes(MARK);
}

/** Both kinds of slash are one to `sh` on Windows only if they lean forward. */
function quoted(path: string): string {
  const plain = /^[A-Za-z]:\\/.test(path) ? path.replaceAll("\\", "/") : path;
  return `'${plain.replaceAll("'", `'\\''`)}'`;
}
