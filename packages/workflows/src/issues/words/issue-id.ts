/** Letters and digits, and between them what file names and trackers use: long enough for a file's whole name. */
const ID = /^[\p{L}\p{N}_][\p{L}\p{N}._/-]{0,119}$/u;
/** What trackers give out: `M3-04`, `CIV_12`, `ENG-API-7`, or a bare number. */
const TRACKER = /^#?(?:[A-Za-z][A-Za-z0-9]{0,19}(?:[-_][A-Z]{1,20}){0,2}[-_]\d{1,9}[a-z]?|\d{1,9})/;
const DATE = /^\d{4}-\d{2}-\d{2}/;
const ENDS = /[\s:,;()[\]/|]/;

/** Whether a text can be the id of an issue. */
export function isIssueId(text: string): boolean {
  return ID.test(text) && text.split("/").every((part) => part !== "" && !/^\.+$/.test(part));
}

/** By what ids are compared: `#m3-04` and `M3-04` are one. */
export function keyOfId(id: string): string {
  return id.normalize("NFC").replace(/^#/, "").toLowerCase();
}

/** The id of a tracker that a text begins with, `M3-04: Load the config` for one; undefined where it begins with none. */
export function leadingId(text: string): string | undefined {
  const [found = ""] = TRACKER.exec(text) ?? [];
  const after = text.charAt(found.length);
  return found !== "" && (after === "" || ENDS.test(after)) ? withoutHash(found) : undefined;
}

/** Whether a text is the id of a tracker and nothing else. */
export function isTrackerId(text: string): boolean {
  return TRACKER.exec(text)?.[0] === text;
}

/** The id that a file is named after: `M3-04-load-config` has `M3-04`. The name comes without its ending. */
export function idOfFileName(stem: string): string | undefined {
  const [found = ""] = DATE.test(stem) ? [] : (TRACKER.exec(stem) ?? []);
  return found !== "" && !/[\p{L}\p{N}]/u.test(stem.charAt(found.length)) ? withoutHash(found) : undefined;
}

/** The id without the `#` that some write before it. */
export function withoutHash(text: string): string {
  return text.startsWith("#") ? text.slice(1) : text;
}
