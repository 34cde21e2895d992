import { existsSync, mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { Host } from "../fingerprint/tool/host.ts";
import { findBubblewrap, type Bubblewrap } from "../guard/sandbox/find-bubblewrap.ts";
import type { RepoPath } from "../core/path.ts";
import type { VerifyPlace } from "./place.ts";

/** Looks for bubblewrap and tries it as this module uses it. */
export function bubblewrapFor(host: Host, place: Pick<VerifyPlace, "folder">): Bubblewrap {
  const tree = join(place.folder, "probe");
  mkdirSync(tree);
  const found = findBubblewrap(host, bindings({ tree, root: host.root, installed: [] }));
  rmSync(tree, { recursive: true, force: true });
  return found;
}

/** Arguments with which a tree stands in the place of the repository; what is installed there may be read. The machine is as it is. */
export function bindings({
  tree,
  root,
  installed,
}: {
  readonly tree: string;
  readonly root: string;
  readonly installed: readonly RepoPath[];
}): readonly string[] {
  const places = installed.map((path) => join(root, path));
  return [
    ...["--dev-bind", "/", "/", "--bind", tree, root],
    ...places.flatMap((place) => ["--ro-bind", place, place]),
    ...places.flatMap(keptByTools).flatMap((place) => ["--tmpfs", place]),
    "--die-with-parent",
  ];
}

/** Where tools write among what is installed: they get an empty folder, and what was there stays as it is. */
function keptByTools(installed: string): readonly string[] {
  if (basename(installed) !== "node_modules") return [];
  return [".cache", ".vite", ".vite-temp"].map((name) => join(installed, name)).filter((place) => existsSync(place));
}
