import { normalizeName } from "../names.ts";
import type { Requirement } from "./manifest.ts";

const NAMED = /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:@\s*(\S+))?/;

/** Reads a dependency specifier (PEP 508): `foo[extra]>=1; marker`, `foo @ file:///${PROJECT_ROOT}/../foo`. */
export function parseRequirement(text: string): Requirement | undefined {
  const editable = /^\s*(?:-e|--editable)[\s=]+(\S+)/.exec(text)?.[1];
  if (editable !== undefined) return pathRequirement(editable);
  const match = NAMED.exec(text);
  const name = match?.[1] === undefined ? undefined : normalizeName(match[1]);
  if (match?.[1] === undefined || name === undefined) return undefined;
  const path = match[2] === undefined ? undefined : folderOfUrl(match[2]);
  return { text: match[1], name, ...(path !== undefined && { path }) };
}

/** A requirement of a folder: `../foo`, `../foo[extra]`, `file:../foo#egg=foo`. */
export function pathRequirement(text: string): Requirement | undefined {
  const path = folderOfUrl(text);
  return path === undefined ? undefined : { text: path, path };
}

/** The requirements in a list of specifiers; what is not one is left out. */
export function parseRequirements(texts: readonly string[]): Requirement[] {
  return texts.map(parseRequirement).filter((requirement) => requirement !== undefined);
}

/** The folder that a URL or path names, relative to the project's; nothing for the network and for absolute paths. */
function folderOfUrl(url: string): string | undefined {
  const bare = url.replace(/#.*$/s, "").replace(/\[[^\]]*\]$/, "");
  const relative = bare
    .replace(/^file:(?:\/\/)?(?:\/(?=\$\{PROJECT_ROOT\}|\{root))?/, "")
    .replace(/^\$\{PROJECT_ROOT\}/, ".")
    .replace(/^\{root((?::parent)*):(?:uri|real)\}/, (_, parents: string) => [".", ...up(parents)].join("/"));
  if (/^[a-z][a-z0-9+.-]*:/i.test(relative) || relative.startsWith("/") || relative === "") return undefined;
  return decoded(relative);
}

function up(parents: string): string[] {
  return parents
    .split(":parent")
    .slice(1)
    .map(() => "..");
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
