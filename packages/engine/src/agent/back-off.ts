import type { Retries } from "./drive.ts";

/** How often, and how patiently, a vendor is asked again that had no answer. */
export const RETRIES: Retries = { attempts: 10, firstMs: 1000, mostMs: 60_000 };

/**
 * Milliseconds before the next try, after so many that failed: twice as many each time, up to half of them left to chance, so
 * that those who failed together do not come back together. What the vendor asks for is the least.
 */
export function backOff(
  failures: number,
  { firstMs, mostMs }: Pick<Retries, "firstMs" | "mostMs">,
  { random, waitMs = 0 }: { readonly random: number; readonly waitMs?: number | undefined },
): number {
  const full = Math.min(mostMs, firstMs * 2 ** (failures - 1));
  const own = full / 2 + (full / 2) * random;
  return Math.round(own >= waitMs ? own : waitMs + (firstMs / 2) * random);
}
