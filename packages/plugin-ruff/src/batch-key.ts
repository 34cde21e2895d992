import type { RuffCommandContext } from "./context.ts";
import { EMBEDDED } from "./tools.ts";

/**
 * Projects with equal keys may be judged by one ruff. Alone is a project without settings, because ruff then takes the
 * folder that it is started in for the project; one with others inside, which would be judged twice; and the embedded one.
 */
export function batchKey({ facts, project, tool }: RuffCommandContext): string | undefined {
  const isAlone = facts.configFile === null || project.nested.length > 0 || project.root === ".";
  return isAlone || tool.name === EMBEDDED ? undefined : "configured";
}

/** The folder that ruff is started in: paths in what it says begin there. What may share a process is started where that would be. */
export function startOf(context: RuffCommandContext): string {
  return context.tool.name === EMBEDDED || batchKey(context) !== undefined ? "." : context.project.root;
}
