import { createHash } from "node:crypto";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { INDEX_FILE, INDEX_KIND } from "./artifact.ts";

/** What earlier collections wrote in a folder: by path the digests that a file of ours may have. */
export type Earlier = ReadonlyMap<string, ReadonlySet<string>>;

/** What a collection is about to put in place; it outlives one that is killed in between. */
export const PENDING_FILE = "pending.json";

const OWN =
  /^(?:index\.html|summary\.md|reports\/(?:findings\.sarif|junit\.xml|coverage\.xml|gl-code-quality\.json|events\.jsonl|summary\.json|htmlcov\/[A-Za-z0-9._-]+\.html))$/;
const Written = z.object({
  kind: z.literal(INDEX_KIND),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
});

/** The sha256 of a text or of bytes. */
export function sha256Of(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Reads what earlier collections say that they wrote; only names that a collection writes are believed. */
export function readEarlier(folder: string, work: string): Earlier {
  const earlier = new Map<string, Set<string>>();
  for (const file of [join(folder, INDEX_FILE), join(work, PENDING_FILE)])
    for (const { path, sha256 } of readWritten(file) ?? [])
      if (OWN.test(path)) earlier.set(path, (earlier.get(path) ?? new Set()).add(sha256));
  return earlier;
}

/** What stands at a place. `ours`: it is what a collection wrote, and nobody has changed it since. */
export type Standing = "nothing" | "ours" | "foreign";

/** What stands at the place of a report of which the bytes would be `wanted`. */
export function standingAt(
  folder: string,
  path: string,
  { earlier, wanted }: { earlier: Earlier; wanted?: string },
): Standing {
  const file = join(folder, path);
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return "nothing";
  if (!stat.isFile()) return "foreign";
  if (path === INDEX_FILE) return readWritten(file) === undefined ? "foreign" : "ours";
  const digest = sha256Of(readFileSync(file));
  return digest === wanted || earlier.get(path)?.has(digest) === true ? "ours" : "foreign";
}

function readWritten(file: string): z.output<typeof Written>["files"] | undefined {
  try {
    const parsed = Written.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return parsed.success ? parsed.data.files : undefined;
  } catch {
    return undefined;
  }
}
