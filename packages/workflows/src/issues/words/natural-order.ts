import { byCodeUnit } from "@symbiotic-build/engine";

const PARTS = /\d+|\D+/g;

/** Orders names as people count: M3-2 before M3-10, in any case of letters. Different names are never equal. */
export function byNature(a: string, b: string): number {
  return compareNames(partsOf(a), partsOf(b)) || byCodeUnit(a, b);
}

/** What has names, in the natural order of its names. */
export function sortedByNature<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, name: nameOf(item), parts: partsOf(nameOf(item)) }))
    .sort((a, b) => compareNames(a.parts, b.parts) || byCodeUnit(a.name, b.name))
    .map(({ item }) => item);
}

type Parts = readonly string[];

function partsOf(name: string): Parts {
  return name.toLowerCase().match(PARTS) ?? [];
}

function compareNames(left: Parts, right: Parts): number {
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const order = compareParts(left[index] ?? "", right[index] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareParts(a: string, b: string): number {
  if (a === b) return 0;
  if (!isNumber(a) || !isNumber(b)) return byCodeUnit(a, b);
  const [left, right] = [withoutZeros(a), withoutZeros(b)];
  return left.length - right.length || byCodeUnit(left, right);
}

function isNumber(part: string): boolean {
  return part >= "0" && part < ":";
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+/, "");
}
