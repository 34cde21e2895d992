import type { RepoPath } from "@symbiotic-build/engine";
import type { Reference } from "./issue.ts";
import { linkedPaths } from "./text/relative-path.ts";
import { idOfFileName, isIssueId, leadingId, withoutHash } from "./words/issue-id.ts";
import { stemOf } from "./words/document-path.ts";

const WIKI = /^\[\[([^[\]|\\]{1,200})(?:\\?\|[^[\]]*)?\]\]$/;
const LINK = /^\[([^[\]]{0,200})\]\(([^()]{0,400})\)$/;
const AUTOLINK = /^<([^<>\s]+)>$/;
const URL = /^https?:\/\/\S+\/(?:issue|issues|browse|work_items)\/([^/\s?#]+)/;
const FILE = /\.(?:md|mdx|markdown)(?:#.*)?$/i;

/** As most write an id. */
const BARE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,60}$/;
/** Longer than any path: what is longer is none, and takes time. */
const LONGEST = 500;

/** What a text means as the name of an issue; `isWhole` is false where the id is only the beginning of it. */
export interface ReadReference {
  readonly reference: Reference;
  readonly isWhole: boolean;
}

/** Reads `M3-04`, `#42`, `[[M3-04]]`, `[a title](M3-04.md)`, a path or an address; undefined where it names no issue. */
export function referenceOf(text: string, from: RepoPath): ReadReference | undefined {
  if (text.length > LONGEST) return undefined;
  if (BARE.test(text)) return whole(text, [text], []);
  const bare = withoutTicks(text);
  const wiki = WIKI.exec(bare)?.[1]?.trim();
  if (wiki !== undefined) return whole(bare, idsOfName(wiki), pathsOfWiki(wiki, from));
  const [, label = "", target] = LINK.exec(bare) ?? [];
  if (target !== undefined) return linkOf(bare, { label, target: target.split(/\s/, 1)[0] ?? "", from });
  const path = AUTOLINK.exec(bare)?.[1] ?? bare;
  if (URL.test(path) || (FILE.test(path) && !/\s/.test(path))) return linkOf(bare, { label: "", target: path, from });
  return bareId(bare);
}

function withoutTicks(text: string): string {
  return text.length > 2 && text.startsWith("`") && text.endsWith("`") ? text.slice(1, -1).trim() : text.trim();
}

interface Link {
  readonly label: string;
  readonly target: string;
  readonly from: RepoPath;
}

function linkOf(text: string, { label, target, from }: Link): ReadReference | undefined {
  const address = URL.exec(target)?.[1];
  const isElsewhere = /^[a-z][a-z0-9+.-]*:/i.test(target);
  const name = leadingId(label) ?? (isIssueId(label) ? label : undefined);
  const paths = isElsewhere ? [] : linkedPaths(from, target);
  const stems = paths.slice(0, 1).flatMap((path) => idsOfName(stemOf(path)));
  const ids = [name, address, ...stems].filter((id) => id !== undefined);
  return ids.length === 0 && paths.length === 0 ? undefined : whole(text, ids, paths);
}

function bareId(text: string): ReadReference | undefined {
  const id = withoutHash(text);
  if (isIssueId(id)) return whole(text, [id], []);
  const leading = leadingId(text);
  return leading === undefined ? undefined : { reference: { text, ids: [leading], paths: [] }, isWhole: false };
}

/** A name with a folder before it, or with a title behind its id. */
function idsOfName(name: string): string[] {
  const stem = stemOf(name.split("#", 1)[0] ?? "").trim();
  const derived = idOfFileName(stem) ?? leadingId(stem);
  return [stem, ...(derived === undefined || derived === stem ? [] : [derived])].filter((id) => id !== "");
}

function pathsOfWiki(name: string, from: RepoPath): RepoPath[] {
  const target = name.split("#", 1)[0] ?? "";
  return linkedPaths(from, FILE.test(target) ? target : `${target}.md`);
}

function whole(text: string, ids: readonly string[], paths: readonly RepoPath[]): ReadReference {
  return { reference: { text, ids: [...new Set(ids)], paths }, isWhole: true };
}
