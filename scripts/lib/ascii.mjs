/** A template in which an escape would be read as it is written. */
const RAW = /String\.raw`[^`]*[^\0-\x7f]/;

/**
 * Writes the letters that are not ASCII as escapes: one of them has a file read and held with two bytes a letter.
 * @returns {import("rolldown").Plugin}
 */
export function ascii() {
  return {
    name: "ascii",
    renderChunk(code, { fileName }) {
      if (RAW.test(code)) throw new Error(`${fileName} has a letter in String.raw that is not ASCII`);
      if (!/[^\0-\x7f]/.test(code)) return null;
      return { code: code.replace(/[^\0-\x7f]/g, escaped), map: null };
    },
  };
}

/** @param {string} unit of UTF-16 */
function escaped(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
