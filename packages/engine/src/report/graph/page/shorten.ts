/** Measuring is the dearest part of a picture: what was measured once is kept, by font and width. */
const known = new Map<string, string>();

/** As much of a text as has room in the font that is set; `…` stands for the rest. */
export function shorten(context: CanvasRenderingContext2D, text: string, room: number): string {
  const key = `${context.font}\n${String(room)}\n${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const short = cut(context, text, room);
  known.set(key, short);
  return short;
}

function cut(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  const characters = [...text];
  let [least, most] = [0, characters.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    const fits = context.measureText(`${characters.slice(0, middle).join("")}…`).width <= room;
    if (fits) least = middle;
    else most = middle - 1;
  }
  return `${characters.slice(0, least).join("")}…`;
}
