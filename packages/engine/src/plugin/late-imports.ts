import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { isAbsolute } from "node:path";

const CODE = /\.[cm]?[jt]sx?$/;
/** An import or a require that is a call and names its module by a text. */
const CALL = /\b(?:import|require)\s*\(\s*(["'`])((?:(?!\1)[^\\\n$])+)\1/g;

/**
 * The files that a module names in calls, `import("./late.ts")`: they are loaded when a function of it is called, so that
 * nothing tells of them before. What is not there is left out, and a name that is put together cannot be known.
 */
export function lateImports(file: string): readonly string[] {
  if (!CODE.test(file)) return [];
  const names = new Set(Array.from(readFileSync(file, "utf8").matchAll(CALL), ([, , name = ""]) => name));
  if (names.size === 0) return [];
  const { resolve } = createRequire(file);
  return [...names].flatMap((name) => {
    try {
      const found = resolve(name);
      return isAbsolute(found) ? [found] : [];
    } catch {
      return [];
    }
  });
}
