import { sha256 } from "../fingerprint/digest.ts";

/** Longer names and the paths below them are refused by some systems. */
const LONGEST = 60;
const PLAIN = /^[a-z0-9][a-z0-9._-]*$/i;
/** What Windows or git keeps for itself: devices, short names, ends that are cut off, and names of lock files. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$|\.\.|\.lock$|\.$|^head$/i;

/**
 * The name under which an issue has its folder, its record and its lease: the id itself where every file system and git take it
 * as it stands, else what is left of it with a digest behind, so that two ids are never one name.
 */
export function safeName(id: string): string {
  if (PLAIN.test(id) && id.length <= LONGEST && !RESERVED.test(id)) return id;
  const rest = id
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9]+/gi, "-")
    .replace(/^-+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return `${rest === "" ? "issue" : rest}-${sha256(id).slice(0, 12)}`;
}

/** The branch of an issue that names none. */
export function branchOf(id: string): string {
  return `issue/${safeName(id)}`;
}
