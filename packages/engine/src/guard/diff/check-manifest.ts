import { byCodeUnit } from "../../core/json.ts";
import { normalisePath } from "../paths/normalise-path.ts";
import type { Violation } from "../violation.ts";
import type { FileChange } from "./file-change.ts";

/**
 * What an agent says that it changed, compared with what git says: changes that it does not name, names of what did not
 * change, and names that are no paths. Of a renamed file either path may be named. Pure.
 */
export function checkManifest(claimed: readonly string[], changes: readonly FileChange[]): readonly Violation[] {
  const claims = claimed.map((claim) => ({ claim, path: normalisePath(claim) }));
  const named = new Set(claims.flatMap(({ path }) => (path.ok ? [path.value] : [])));
  const changed = new Set(changes.flatMap(({ path, from }) => (from === undefined ? [path] : [path, from])));
  const hidden = changes.filter(({ path, from }) => !named.has(path) && (from === undefined || !named.has(from)));
  const invented = [...named].filter((path) => !changed.has(path)).sort(byCodeUnit);
  return [
    ...hidden.map(({ path }) => ({
      code: "SYM5030",
      message: `${path} was changed and the agent does not say so`,
      path,
    })),
    ...invented.map((path) => ({
      code: "SYM5031",
      message: `the agent says that it changed ${path}, and it did not`,
      path,
    })),
    ...claims.flatMap(({ path }): Violation[] =>
      path.ok ? [] : [{ code: "SYM5032", message: `the agent names what is no path of the repository: ${path.error}` }],
    ),
  ];
}
