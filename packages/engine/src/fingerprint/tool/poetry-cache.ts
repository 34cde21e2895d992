import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { EnvironmentCandidate } from "../../plugin/tool.ts";
import { readIfThere, variable, WINDOWS, type Host } from "./host.ts";
import { realPath } from "./memo.ts";

/** A project as Poetry names environments after it. */
export type PoetryCandidate = Extract<EnvironmentCandidate, { kind: "poetry" }>;

/**
 * The folder of the environment that Poetry keeps for a project in its cache, found without starting Poetry: the one it
 * was last told to use, else that of the newest Python. Settings in Poetry's own configuration file are not read.
 */
export function poetryEnvironment(candidate: PoetryCandidate, host: Host): string | undefined {
  const folder = environmentsFolder(host);
  const base = environmentName(candidate.name, resolve(host.root, candidate.root));
  const versions = list(folder)
    .filter((name) => name.startsWith(`${base}-py`))
    .map((name) => name.slice(base.length + 3))
    .sort(byVersion);
  const chosen = chosenVersion(readIfThere(join(folder, "envs.toml")) ?? "", base);
  const version = versions.find((each) => each === chosen) ?? versions.at(-1);
  return version === undefined ? undefined : join(folder, `${base}-py${version}`);
}

/** The name of a project's environments, before the version of Python. */
export function environmentName(name: string, folder: string): string {
  const path = realPath(folder) ?? folder;
  const digest = createHash("sha256").update(WINDOWS ? path.toLowerCase().replaceAll("/", "\\") : path);
  const safe = name
    .toLowerCase()
    .replace(/[ $`!*@"\\\r\n\t]/g, "_")
    .slice(0, 42);
  return `${safe}-${digest.digest("base64url").slice(0, 8)}`;
}

function environmentsFolder(host: Host): string {
  const cache = variable(host, "POETRY_CACHE_DIR") ?? defaultCache(host);
  const told = variable(host, "POETRY_VIRTUALENVS_PATH");
  if (told === undefined) return join(cache, "virtualenvs");
  return resolve(host.root, told.replace("{cache-dir}", cache).replace(/^~(?=[/\\]|$)/, host.home));
}

function defaultCache(host: Host): string {
  if (WINDOWS) return join(variable(host, "LOCALAPPDATA") ?? join(host.home, "AppData", "Local"), "pypoetry", "Cache");
  if (process.platform === "darwin") return join(host.home, "Library", "Caches", "pypoetry");
  return join(variable(host, "XDG_CACHE_HOME") ?? join(host.home, ".cache"), "pypoetry");
}

function chosenVersion(text: string, base: string): string | undefined {
  const section = text.split(/^\[/m).find((part) => part.startsWith(`${base}]`) || part.startsWith(`"${base}"]`));
  return /^minor\s*=\s*"([^"]+)"/m.exec(section ?? "")?.[1];
}

function byVersion(a: string, b: string): number {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  return (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
