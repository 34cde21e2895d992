import { numbers } from "../random.mjs";

/** @typedef {import("./plan.mjs").Project} Project */

const NOTES = [
  "The order of the items is kept, so that two calls over the same items give the same answer.",
  "An empty list is no error here: there is nothing to look at, and the answer says just that.",
  "Values are whole numbers throughout; whoever needs fractions divides at the very end.",
  "Nothing is changed in place: each function takes items and gives a new value.",
  "A name is made of the label and a number, which is unique within one list of items.",
  "The scale belongs to the file and is no argument: no caller has to know it.",
];

/** The file, inside of a project, with the number on its first line from which `build` makes its result. */
export const VERSION_FILE = "src/part-000.ts";

/** A file, inside of a project, that counts as its input and that no result is made from. */
export const OTHER_FILE = "src/part-001.ts";

/**
 * The sources of a project, each of 1 to 2 KB, by their path inside of it.
 * @param {Project} project
 * @param {number} count of files, at least two
 * @returns {[path: string, text: string][]}
 */
export function sourceFiles(project, count) {
  const random = numbers(project.index + 1);
  return Array.from({ length: count }, (_, index) => {
    const name = `part-${String(index).padStart(3, "0")}`;
    return [`src/${name}.ts`, sourceText(`${project.name}/${name}`, random)];
  });
}

/**
 * @param {string} label
 * @param {(below: number) => number} random
 */
function sourceText(label, random) {
  const first = random(NOTES.length);
  const notes = [...NOTES, ...NOTES].slice(first, first + 1 + random(6)).map((note) => ` * ${note}\n`);
  return `// ${1 + random(997)}
/**
 * One part of a project.
${notes.join("")} */
export interface Item {
  readonly name: string;
  readonly value: number;
}

const LABEL = "${label}";
const SCALE = ${2 + random(97)};

/** Items numbered from zero; none where the count is not positive. */
export function makeItems(count: number): Item[] {
  return Array.from({ length: Math.max(0, count) }, (_, value) => ({ name: \`\${LABEL}-\${value}\`, value }));
}

/** The sum of all values in the unit of this file. */
export function total(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + item.value * SCALE, 0);
}

/** The longest name; of several the first. */
export function longest(items: readonly Item[]): string {
  return items.reduce((best, { name }) => (name.length > best.length ? name : best), "");
}

/** The names of the items that are worth more than the limit. */
export function above(items: readonly Item[], limit: number): string[] {
  return items.filter(({ value }) => value * SCALE > limit).map(({ name }) => name);
}
`;
}
