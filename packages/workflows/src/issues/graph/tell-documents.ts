import type { Diagnostic } from "@symbiotic-build/engine";
import { found } from "../checks.ts";
import type { Issue } from "../issue.ts";
import { count, quoted } from "../text/plain-text.ts";
import { locationIn, placeText } from "../text/place.ts";
import type { Statement } from "./edge.ts";
import type { Dangling } from "./edges-of.ts";

/** Tells of documents with the same id. */
export function tellDoubled(issues: readonly Issue[]): Diagnostic[] {
  const [first, second] = issues;
  if (first === undefined || second === undefined) return [];
  return [
    found("duplicateId", `${count(issues.length, "document")} have the id ${quoted(first.id.value)}`, {
      location: locationIn(second.path, second.id.at),
      notes: issues.map(({ path, id }) => placeText(path, id.at)),
      hint: `give all but one another id; until then only ${first.path.toWellFormed()} counts`,
    }),
  ];
}

/** Tells of names that lead nowhere, each with the id that it may mean. */
export function tellDangling(dangling: readonly Dangling[], issues: readonly Issue[]): Diagnostic[] {
  const alike = new Map(dangling.length === 0 ? [] : issues.map(({ id }) => [withoutZeros(id.value), id.value]));
  return dangling.map(({ by, field, text, ids, at }) => {
    const near = ids.map((id) => alike.get(withoutZeros(id))).find((id) => id !== undefined);
    return found(
      "dangling",
      `${quoted(by.id.value)} names ${quoted(text)} in \`${field}\`, and no document has that id`,
      {
        location: locationIn(by.path, at),
        hint: near === undefined ? "correct the id, or leave it out" : `do you mean ${quoted(near)}?`,
      },
    );
  });
}

/** Tells of an issue that waits for itself. */
export function tellSelfEdge({ by, field, at }: Statement): Diagnostic {
  return found("selfEdge", `${quoted(by.id.value)} names itself in \`${field}\``, {
    location: locationIn(by.path, at),
    hint: "leave it out",
  });
}

/** `M3-4`, `m3_04` and `M304` may be one id. */
function withoutZeros(id: string): string {
  return id
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "-")
    .replace(/(?<=^|-)0+(?=\d)/g, "");
}
