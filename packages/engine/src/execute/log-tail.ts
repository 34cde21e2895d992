import { countLines } from "./line-blocks.ts";

/** The stream of a process that something was printed on. */
export type StreamName = "stdout" | "stderr";

/** Whole lines of one stream. */
export interface Block {
  readonly stream: StreamName;
  readonly bytes: Buffer;
}

/** At least so much is kept, where there is so much. */
export interface TailSize {
  readonly bytes: number;
  readonly lines: number;
}

/** The last lines of a log, as the bytes that they came as. However much comes, it takes little more than its size. */
export interface LogTail {
  add(block: Block): void;
  /** What is kept, in the order in which it came. */
  blocks(): readonly Block[];
  /** How many lines are not kept. */
  leftOut(): number;
}

const PAGE = 64 * 1024;

interface Page {
  readonly bytes: Buffer;
  used: number;
  lines: number;
  /** Where blocks of another stream begin. */
  readonly runs: { readonly stream: StreamName; readonly start: number }[];
}

/** A tail that tells of each block that it no longer keeps. */
export function createLogTail(size: TailSize, dropped: (block: Block) => void): LogTail {
  let pages: Page[] = [];
  let [bytes, lines, leftOut] = [0, 0, 0];
  const drop = (page: Page): void => {
    for (const block of blocksOf(page)) dropped(block);
    bytes -= page.used;
    lines -= page.lines;
    leftOut += page.lines;
  };
  const isOver = ({ used, lines: its }: Page): boolean => bytes - used >= size.bytes || lines - its >= size.lines;
  return {
    add(block) {
      const last = pages.at(-1);
      const page = last !== undefined && last.used + block.bytes.length <= last.bytes.length ? last : pageFor(block);
      if (page !== last) pages.push(page);
      const count = append(page, block);
      bytes += block.bytes.length;
      lines += count;
      let over = 0;
      for (let first = pages[over]; first !== undefined && isOver(first); first = pages[over]) {
        drop(first);
        over += 1;
      }
      if (over > 0) pages = pages.slice(over);
    },
    blocks: () => pages.flatMap(blocksOf),
    leftOut: () => leftOut,
  };
}

function pageFor({ bytes }: Block): Page {
  return { bytes: Buffer.allocUnsafeSlow(Math.max(PAGE, bytes.length)), used: 0, lines: 0, runs: [] };
}

/** Gives how many lines were added. The bytes are copied: a small chunk must not keep a large one in memory. */
function append(page: Page, { stream, bytes }: Block): number {
  if (page.runs.at(-1)?.stream !== stream) page.runs.push({ stream, start: page.used });
  const count = countLines(bytes);
  page.used += bytes.copy(page.bytes, page.used);
  page.lines += count;
  return count;
}

function blocksOf({ bytes, used, runs }: Page): readonly Block[] {
  return runs.map(({ stream, start }, at) => ({ stream, bytes: bytes.subarray(start, runs[at + 1]?.start ?? used) }));
}
