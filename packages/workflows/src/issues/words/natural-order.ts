import { byCodeUnit } from "@symbiotic-build/engine";

const PARTS = /\d+|\D+/g;

/** Orders names as people count: M3-2 before M3-10, in any case of letters. Different names are never equal. */
export function byNature(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const order = compareParts(left[index] ?? "", right[index] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length || byCodeUnit(a, b);
}

function partsOf(name: string): readonly string[] {
  return name.toLowerCase().match(PARTS) ?? [];
}

function compareParts(a: string, b: string): number {
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
