import { isAbsolute, join } from "node:path";
import type { Environment } from "../workspace/git/git.ts";
import { allSeen, untouchedOrAbsent } from "./see-file.ts";
import type { SeenPath } from "./seen-paths.ts";

/** Where the rules lie by which git ignores files, beside those in the folders of the work tree. */
export interface RulesPlace {
  readonly root: string;
  readonly commonDir: string;
  readonly environment: Environment;
  /** When the run began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** What `git config --list --show-origin -z` printed. */
  readonly settings: string;
}

/** Git reads its settings from where these say. */
export const OF_GIT: readonly string[] = ["HOME", "XDG_CONFIG_HOME"];

/**
 * The files from which git knows what it ignores everywhere in a work tree, and those that could name others. Undefined where that cannot be
 * said by files: settings that include others, a path that only git can tell, a file that was touched since the run began.
 */
export function seeIgnoreRules(place: RulesPlace): readonly SeenPath[] | undefined {
  const { root, commonDir, environment, startedAt } = place;
  const { HOME: home, XDG_CONFIG_HOME: given } = environment;
  if (home === undefined || !isAbsolute(home)) return undefined;
  const own = given === undefined || given === "" ? join(home, ".config") : given;
  const settings = settingsIn(place.settings);
  const excludes = excludesFile(settings, home, join(own, "git/ignore"));
  if (excludes === undefined || settings.some(({ key }) => /^include(?:if)?\./.test(key))) return undefined;
  const named = settings.flatMap(({ origin }) => (origin.startsWith("file:") ? [origin.slice("file:".length)] : []));
  const files = [
    ...named.map((file) => (isAbsolute(file) ? file : join(root, file))),
    ...["/etc/gitconfig", join(home, ".gitconfig"), join(own, "git/config")],
    ...[excludes, join(commonDir, "info/exclude")],
  ];
  return allSeen([...new Set(files)].map((file) => untouchedOrAbsent(file, startedAt)));
}

interface Setting {
  readonly origin: string;
  readonly key: string;
  readonly value: string;
}

function settingsIn(printed: string): Setting[] {
  const parts = printed.split("\0").slice(0, -1);
  return Array.from({ length: Math.floor(parts.length / 2) }, (_, at) => {
    const [key = "", ...value] = (parts[2 * at + 1] ?? "").split("\n");
    return { origin: parts[2 * at] ?? "", key, value: value.join("\n") };
  });
}

/** The file of rules for all work trees; undefined where only git can tell which. */
function excludesFile(settings: readonly Setting[], home: string, usual: string): string | undefined {
  const value = settings.findLast(({ key }) => key === "core.excludesfile")?.value;
  if (value === undefined) return usual;
  const path = value.startsWith("~/") ? join(home, value.slice(2)) : value;
  return isAbsolute(path) ? path : undefined;
}
