const MARK = /^[|>][-+0-9]{0,2}$/;

/** Whether a value is only the mark of YAML that says: the lines below are the text. */
export function isBlockMark(text: string): boolean {
  return MARK.test(text.trim());
}
