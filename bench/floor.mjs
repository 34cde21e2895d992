// The floor of a cached run: `node bench/floor.mjs`, in a repository. Reads and parses the git index, looks at each file once.
import { lstatSync, readFileSync } from "node:fs";

const { paths, sizes } = parse(readFileSync(".git/index"));
let changed = 0;
for (let index = 0; index < paths.length; index++) {
  const stat = lstatSync(paths[index] ?? "", { throwIfNoEntry: false });
  if (stat === undefined || stat.size % 2 ** 32 !== sizes[index]) changed++;
}
process.stdout.write(`${paths.length} files, ${changed} of another size\n`);

/**
 * Paths and sizes of a git index of format 2 or 3.
 * @param {Buffer} bytes
 */
function parse(bytes) {
  if (bytes.toString("latin1", 0, 4) !== "DIRC" || bytes.readUInt32BE(4) > 3) throw new Error("not such an index");
  const count = bytes.readUInt32BE(8);
  /** @type {string[]} */
  const paths = [];
  /** @type {number[]} */
  const sizes = [];
  for (let index = 0, at = 12; index < count; index++) {
    const start = at + (bytes.readUInt16BE(at + 60) & 0x4000 ? 64 : 62);
    const end = bytes.indexOf(0, start);
    paths.push(bytes.toString("utf8", start, end));
    sizes.push(bytes.readUInt32BE(at + 36));
    at += ((end - at) | 7) + 1;
  }
  return { paths, sizes };
}
