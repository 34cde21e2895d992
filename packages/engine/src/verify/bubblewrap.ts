import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { findOnPath, type Host } from "../fingerprint/tool/host.ts";
import type { RepoPath } from "../core/path.ts";
import type { VerifyPlace } from "./place.ts";

/** Whether commands can be run in a name space of their own: the program, or why not. */
export type Bubblewrap = { readonly program: string } | { readonly why: string };

const PROBE_MS = 10_000;

/** Looks for bubblewrap and tries it once: the system may forbid name spaces to users. */
export function findBubblewrap(host: Host, place: Pick<VerifyPlace, "folder">): Bubblewrap {
  if (process.platform !== "linux") return { why: "bubblewrap is for Linux only" };
  const program = findOnPath(host, "bwrap");
  if (program === undefined) return { why: "bubblewrap (bwrap) is not installed" };
  const tree = join(place.folder, "probe");
  mkdirSync(tree);
  const words = bindings({ tree, root: host.root, installed: [] });
  const tried = spawnSync(program, [...words, "--", "/bin/sh", "-c", ":"], {
    timeout: PROBE_MS,
    encoding: "utf8",
    env: {},
  });
  rmSync(tree, { recursive: true, force: true });
  if (tried.status === 0) return { program };
  const said = tried.stderr.trim().split("\n").at(-1) ?? "";
  return { why: `bubblewrap does not work here${said === "" ? "" : `: ${said}`}` };
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
