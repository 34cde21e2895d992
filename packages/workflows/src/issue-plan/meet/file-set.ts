import type { RepoPath } from "@symbiotic-build/engine";

/** The files of a repository, each with its place. */
export interface FileList {
  readonly files: readonly RepoPath[];
  readonly indexOf: (path: RepoPath) => number | undefined;
}

/** The files, to make sets of. */
export function fileList(files: readonly RepoPath[]): FileList {
  const places = new Map(files.map((path, index) => [path, index]));
  return { files, indexOf: (path) => places.get(path) };
}

/** A set of the files of a repository, as bits: what two have in common is counted fast. */
export class FileSet {
  readonly size: number;
  readonly #bits: Uint32Array;
  readonly #files: readonly RepoPath[];
  readonly #indexOf: (path: RepoPath) => number | undefined;

  constructor({ files, indexOf }: FileList, has: (path: RepoPath) => boolean) {
    this.#files = files;
    this.#indexOf = indexOf;
    this.#bits = new Uint32Array(Math.ceil(files.length / 32));
    let size = 0;
    for (const [index, path] of files.entries()) {
      if (!has(path)) continue;
      size += 1;
      this.#bits[index >>> 5] = (this.#bits[index >>> 5] ?? 0) | (1 << (index & 31));
    }
    this.size = size;
  }

  has(path: RepoPath): boolean {
    const index = this.#indexOf(path);
    return index !== undefined && this.#has(index);
  }

  /** How many files both have. Both are of the same repository. */
  shared(other: FileSet): number {
    if (this.size === 0 || other.size === 0) return 0;
    let count = 0;
    for (let word = 0; word < this.#bits.length; word += 1)
      count += bitsOf((this.#bits[word] ?? 0) & (other.#bits[word] ?? 0));
    return count;
  }

  /** The first files that both have. */
  sharedFiles(other: FileSet, most: number): readonly RepoPath[] {
    const found: RepoPath[] = [];
    for (const [index, path] of this.#files.entries()) {
      if (found.length >= most) break;
      if (this.#has(index) && other.#has(index)) found.push(path);
    }
    return found;
  }

  /** All of them, sorted. */
  paths(): readonly RepoPath[] {
    return this.#files.filter((_, index) => this.#has(index));
  }

  #has(index: number): boolean {
    return ((this.#bits[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;
  }
}

function bitsOf(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
