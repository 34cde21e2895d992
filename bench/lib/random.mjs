/**
 * Numbers that look random and are the same in every run: a linear congruential generator.
 * @param {number} seed
 * @returns {(below: number) => number} whole numbers from 0 to below - 1
 */
export function numbers(seed) {
  let state = (seed * 2_654_435_761 + 1) % 2 ** 32;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
