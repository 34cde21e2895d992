import { createHash, type Hash } from "node:crypto";

const LINE_END = 10;

/**
 * Reads bytes that arrive in pieces, in the portions that are asked for. Whatever ends them too early (the end, a stream
 * that fails) ends every later portion; `problem` then says why. It keeps the sha256 of what was read.
 */
export class ByteSource {
  readonly #pieces: AsyncIterator<Buffer>;
  readonly #sum: Hash = createHash("sha256");
  #rest: Buffer = Buffer.alloc(0);
  #problem: unknown;

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** What the stream threw, if it did. */
  get problem(): unknown {
    return this.#problem;
  }

  /** A line without its end; `undefined` where none of at most `most` bytes comes. */
  async line(most: number): Promise<string | undefined> {
    let end = this.#rest.indexOf(LINE_END);
    while (end < 0) {
      if (this.#rest.length > most || !(await this.#more())) return undefined;
      end = this.#rest.indexOf(LINE_END);
    }
    return end > most ? undefined : this.#cut(end + 1).toString("latin1", 0, end);
  }

  /** Hands on exactly `size` bytes, in pieces that are only valid during the call; gives whether there were as many. */
  async take(size: number, use: (piece: Buffer) => void): Promise<boolean> {
    for (let left = size; left > 0; ) {
      if (this.#rest.length === 0 && !(await this.#more())) return false;
      const piece = this.#cut(Math.min(left, this.#rest.length));
      use(piece);
      left -= piece.length;
    }
    return true;
  }

  /** Whether nothing more comes. */
  async isAtEnd(): Promise<boolean> {
    return this.#rest.length === 0 && !(await this.#more());
  }

  /** The sha256 of all that was read up to here. */
  digest(): string {
    return this.#sum.copy().digest("hex");
  }

  #cut(size: number): Buffer {
    const piece = this.#rest.subarray(0, size);
    this.#rest = this.#rest.subarray(size);
    this.#sum.update(piece);
    return piece;
  }

  async #more(): Promise<boolean> {
    try {
      const next = await this.#pieces.next();
      if (next.done === true) return false;
      this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value]);
      return true;
    } catch (error) {
      this.#problem = error;
      return false;
    }
  }
}
