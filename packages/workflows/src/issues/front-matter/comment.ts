/**
 * What `#` means. In YAML it begins a comment behind white space. People write `#42` for an issue and `Fix #42` in a title:
 * in `ids` what looks like an id is one, in `text` a comment needs a space behind its `#`.
 */
export type CommentRule = "ids" | "text" | "plain";

const HASH_ID = /#(?:\d{1,9}|[A-Za-z][A-Za-z0-9]{0,19}[-_]\d{1,9})(?=[\s,;\])"']|$)/y;

/** Whether a comment begins at this index. */
export function beginsComment(text: string, index: number, rule: CommentRule): boolean {
  if (text.charAt(index) !== "#" || (index > 0 && text.charAt(index - 1).trim() !== "")) return false;
  if (rule === "plain") return true;
  if (rule === "text") return text.charAt(index + 1).trim() === "";
  HASH_ID.lastIndex = index;
  return !HASH_ID.test(text);
}

/** Where a comment begins, or the end of the text where there is none. */
export function commentStart(text: string, rule: CommentRule): number {
  for (let index = text.indexOf("#"); index >= 0; index = text.indexOf("#", index + 1)) {
    if (beginsComment(text, index, rule)) return index;
  }
  return text.length;
}
