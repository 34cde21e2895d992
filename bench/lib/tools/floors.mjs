import { fileURLToPath } from "node:url";
import { projectNode } from "../../../scripts/lib/run.mjs";

/**
 * What nobody who starts Node can be faster than: programs without tasks, run in the first copy of a series.
 * @typedef {{ id: string, title: string, argv: readonly string[] }} Floor
 */

/** @returns {readonly Floor[]} */
export function floors() {
  const program = fileURLToPath(new URL("../../floor.mjs", import.meta.url));
  return [
    { id: "floor", title: "the floor", argv: [projectNode(), program] },
    { id: "node", title: "bare Node", argv: [projectNode(), "-e", "0"] },
  ];
}
