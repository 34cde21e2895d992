import { isUtf8 } from "node:buffer";
import { decodePath } from "../../core/path.ts";

/** The parts of an answer in which each ends with NUL, paths in them decoded; an empty answer has none. */
export function records(answer: Buffer): string[] {
  if (isUtf8(answer)) return withoutEnd(answer.toString("utf8").split("\0"));
  const parts: string[] = [];
  for (let start = 0; start < answer.length; ) {
    const nul = answer.indexOf(0, start);
    const end = nul < 0 ? answer.length : nul;
    parts.push(decodePath(answer.subarray(start, end)));
    start = end + 1;
  }
  return parts;
}

function withoutEnd(parts: string[]): string[] {
  return parts.at(-1) === "" ? parts.slice(0, -1) : parts;
}
