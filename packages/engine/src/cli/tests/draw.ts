import { byCodeUnit } from "../../core/json.ts";
import { sha256 } from "../../fingerprint/digest.ts";

/** So many of these names, sorted: with the same seed the same ones, and each as likely as any other. */
export function draw(names: readonly string[], count: number, seed: string): readonly string[] {
  const places = names.map((name) => [sha256(`${seed}\0${name}`), name] as const);
  return places
    .sort(([a], [b]) => byCodeUnit(a, b))
    .slice(0, count)
    .map(([, name]) => name)
    .sort(byCodeUnit);
}
