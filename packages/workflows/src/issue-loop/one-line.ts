// What moves a cursor or rings a bell is no part of a line.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g;

/** What an agent or a document says, as a part of a line of ours: it makes no heading, no list, no code and no comment. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(CONTROL, "").replaceAll("<!--", "&lt;!--").replaceAll("`", "'").trim();
}
