import { isInside, parentOf, relativeTo, type CommandContext } from "@symbiotic-build/engine";
import { foreignFolders } from "@symbiotic-build/validator";
import type { BlackFacts } from "./facts.ts";
import type { BlackOptions } from "./options.ts";

/**
 * Where a repository has no settings black takes a user's own, which are others on another machine. And what it imports is its own,
 * not a module of the repository that has the same name.
 */
export const ENVIRONMENT: Readonly<Record<string, string>> = { PYTHONSAFEPATH: "1", XDG_CONFIG_HOME: "/dev/null" };

/**
 * Folders of other projects and of environments: walking them costs time, and nothing of them is told. Black matches paths from
 * the folder of its settings, which are the same for all of these; what those leave out besides cannot be added to.
 */
export function excluded(
  contexts: readonly [CommandContext<BlackOptions, BlackFacts>, ...CommandContext<BlackOptions, BlackFacts>[]],
): readonly string[] {
  const [{ facts }] = contexts;
  const start = facts.config === null ? "." : parentOf(facts.config);
  const folders = contexts
    .flatMap(({ project }) => foreignFolders(project))
    .filter((folder) => isInside(start, folder));
  if (facts.excludes || folders.length === 0) return [];
  const names = folders.map((folder) => relativeTo(start, folder).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return ["--extend-exclude", `^/(${names.join("|")})/`];
}
