import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { isInside, joinRepo, type RepoPath } from "../core/path.ts";
import { realPath } from "../fingerprint/tool/memo.ts";
import { placeIn } from "./environment-folders.ts";
import type { Observation } from "./observation.ts";
import type { Subject } from "./subject.ts";
import type { VerifyHost } from "./verify-host.ts";

/** Why a copied tree may not have kept a task from the repository itself, though it came to the same; undefined where nothing says so. */
export function reachesBack(
  subject: Subject,
  run: Observation,
  { root, installed: copies }: VerifyHost,
): string | undefined {
  if (subject.isolation !== "copied") return undefined;
  const { installed } = subject.environments;
  const isInstalled = (path: RepoPath): boolean => installed.some((folder) => isInside(folder, path));
  const placeNamedIn = (text: string): RepoPath | undefined =>
    (text.match(pattern(root)) ?? [])
      .map((each) => placeIn(root, each))
      .find((path) => path !== undefined && !isInstalled(path));
  const asked = placeNamedIn([...(subject.prepared.command?.argv ?? [])].join("\n"));
  if (asked !== undefined) return `its command names ${asked} of the repository itself, which a copy cannot prevent`;
  const said = placeNamedIn(`${run.log}\n${run.evidence}`);
  if (said !== undefined) return `it reached the repository itself: its output names ${said}`;
  const linked = installed.filter((folder) => basename(folder) === "node_modules" && !copies.has(folder));
  const link = linked.flatMap((folder) => linkOut(root, folder, isInstalled) ?? [])[0];
  return link === undefined
    ? undefined
    : `it comes to the same, but what is installed reaches the repository itself through ${link}, which a copy cannot prevent and bubblewrap can`;
}

/**
 * A link of a package folder to sources of the repository. The copy has one to its own sources, but Node takes an installed
 * package for where it really lies, and from there it finds the other link.
 */
function linkOut(root: string, folder: RepoPath, isInstalled: (path: RepoPath) => boolean): RepoPath | undefined {
  const names = namesIn(join(root, folder));
  const scoped = names
    .filter((name) => name.startsWith("@"))
    .flatMap((scope) => namesIn(join(root, folder, scope)).map((name) => `${scope}/${name}`));
  return [...names, ...scoped]
    .map((name) => joinRepo(folder, name))
    .find((path) => {
      const target = placeIn(root, realPath(join(root, path)));
      return target !== undefined && !isInstalled(target);
    });
}

/** A longer path that only ends like the root is another place. */
function pattern(root: string): RegExp {
  const escaped = root.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\w.~+-]|[^/:]\/)${escaped}[\\/][^\s'":;,)\]>]+`, "g");
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
