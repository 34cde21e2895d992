/**
 * The strings of the top-level list under `key` in YAML that is written the plain way, a string on each line; `undefined`
 * where it is written in any other way that a real parser must read, and where there is none of that name an empty list.
 */
export function plainList(text: string, key: string): readonly string[] | undefined {
  const lines = text.split(/\r?\n/);
  const starts = lines.flatMap((line, index) => (isKey(line, key) ? [index] : []));
  const [start] = starts;
  if (start === undefined) return mayHold(text, key) ? undefined : [];
  if (starts.length > 1 || !/^\S+:\s*(?:#.*)?$/.test(lines[start] ?? "")) return undefined;
  const items: string[] = [];
  let indent: number | undefined;
  for (const line of lines.slice(start + 1)) {
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    if (/^[^\s#-]/.test(line)) break;
    const item = ITEM.exec(line);
    // A line that is indented otherwise may go on with the one before it.
    const own = line.indexOf("-");
    if (item === null || own !== (indent ?? own)) return undefined;
    indent = own;
    items.push(item[1] ?? item[2] ?? item[3] ?? "");
  }
  return items;
}

/** Without quotes only what can be nothing but a text: it has a letter first and is no word that YAML knows. */
const ITEM =
  /^ *- +(?:"([^"\\]*)"|'([^']*)'|(?!(?:true|false|null|yes|no|on|off|y|n)\s*(?:#|$))([a-z][\w.@/*{},-]*))\s*(?: #.*)?$/i;

function isKey(line: string, key: string): boolean {
  return line.startsWith(`${key}:`);
}

/** Quoted, in a document of its own, in braces: all of that is for a parser. */
function mayHold(text: string, key: string): boolean {
  return text.includes(key) && new RegExp(`(?:^|["'{,\\s])${key}["']?\\s*:`).test(text.replaceAll(/#.*$/gm, ""));
}
