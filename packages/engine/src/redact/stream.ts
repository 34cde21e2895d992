import { placeholder } from "./placeholder.ts";

/** A text that comes in pieces, cut anywhere, and goes out in others without its secrets. */
export interface RedactingStream {
  /** Takes a piece, of bytes or of text but not of both, and gives what can be told of all pieces so far. */
  write(chunk: string | Uint8Array): string;
  /** What is left. Nothing may be written afterwards. */
  end(): string;
}

/** A line that is longer is given out in parts. No secret is nearly as long. */
const LONGEST = 64 * 1024;
/** As much of it is kept back, with whatever began in it. */
const KEPT = 16 * 1024;
/** So many places are tried at which a line may be cut without a secret being cut. */
const TRIES = 16;
const END_OF_WORD = /[\s"'`]/;

/**
 * Redacts a stream by its lines, which a secret never leaves but in the forms that `line` knows. Holds no more than one
 * line, and of a long one 64 KiB beside the last piece. `text`: the same for a text alone.
 */
export function redactStream(line: (line: string) => string, text: (text: string) => string): RedactingStream {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const state = { pending: "", swallows: false };
  const take = (piece: string): string => {
    const [first = "", ...rest] = piece.split("\n");
    let out = add(first);
    for (const next of rest) {
      out += `${close()}\n`;
      out += add(next);
    }
    return out;
  };
  const add = (part: string): string => {
    state.pending += state.swallows ? afterWord(part) : part;
    let out = "";
    while (state.pending.length > LONGEST) out += cut();
    return out;
  };
  const afterWord = (part: string): string => {
    const end = part.search(END_OF_WORD);
    if (end < 0) return "";
    state.swallows = false;
    return part.slice(end);
  };
  const close = (): string => {
    const done = state.swallows ? "" : line(state.pending);
    Object.assign(state, { pending: "", swallows: false });
    return done;
  };
  const cut = (): string => {
    const long = state.pending.slice(0, LONGEST);
    const at = placeToCut(long, text);
    const done = at === undefined ? placeholder("secret") : line(long.slice(0, at));
    const rest = state.pending.slice(at ?? LONGEST);
    Object.assign(state, { pending: "", swallows: at === undefined });
    state.pending = at === undefined ? afterWord(rest) : rest;
    return done;
  };
  return {
    write: (chunk) => take(typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true })),
    end: () => take(decoder.decode()) + (state.pending === "" ? "" : close()),
  };
}

/** A place in the front of a long text at which both parts are, each alone, what they are together. */
function placeToCut(long: string, text: (text: string) => string): number | undefined {
  const whole = text(long);
  let at = LONGEST - KEPT;
  for (let tried = 0; tried < TRIES && at > 0; tried += 1) {
    const space = long.lastIndexOf(" ", at);
    // Not at the very place where a search ended: what stands there is as likely the middle of something.
    const place = space > 0 ? space : at;
    if (text(long.slice(0, place)) + text(long.slice(place)) === whole) return place;
    at = place - 997;
  }
  return undefined;
}
