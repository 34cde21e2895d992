import { placeText, type Place } from "../issues/text/place.ts";
import type { Footprint } from "./footprint.ts";
import type { ConflictEvidence, PlanConflict } from "./issue-plan.ts";
import { globsMeet } from "./meet/globs-meet.ts";
import { CONFLICT } from "./score/pair-risk.ts";
import type { Pairs } from "./score/pairs.ts";
import type { Waits } from "./waits.ts";

const SHOWN = 3;

/** Each two issues that may get in each other's way, the greatest risk first. */
export function conflictsOf(
  footprints: readonly Footprint[],
  { risk }: Pairs,
  isBefore: Waits["isBefore"],
): readonly PlanConflict[] {
  const found: PlanConflict[] = [];
  for (const [first, a] of footprints.entries())
    for (const [offset, b] of footprints.slice(first + 1).entries()) {
      const second = first + 1 + offset;
      const one = risk(first, second);
      if (one <= 0) continue;
      const isBinding = one >= CONFLICT;
      found.push({
        ...{ issues: [a.issue, b.issue], risk: one, isBinding },
        isOrdered: isBefore(first, second, isBinding ? "edges" : "waits"),
        evidence: () => evidenceOf(a, b),
      });
    }
  return found.sort((a, b) => b.risk - a.risk);
}

/** Why two issues may get in each other's way, the plainest reason first. */
export function evidenceOf(a: Footprint, b: Footprint): readonly ConflictEvidence[] {
  return [...ofFiles(a, b), ...ofSchemas(a, b), ...ofNames(a, b), ...ofMentions(a, b), ...ofMentions(b, a, a.mentions)];
}

function ofFiles(a: Footprint, b: Footprint): readonly ConflictEvidence[] {
  const met = a.scope.flatMap((one) =>
    b.scope.filter((other) => globsMeet(one.value, other.value)).map((other) => ({ one, other })),
  );
  const [first] = met;
  if (first === undefined) return [];
  const { one, other } = first;
  const shared = a.files.sharedFiles(b.files, SHOWN);
  const total = a.files.shared(b.files);
  const more = total > shared.length ? ` and ${String(total - shared.length)} more` : "";
  const globs = one.value === other.value ? one.value : `${one.value} and ${other.value}`;
  const why = shared.length > 0 ? `both may write ${shared.join(", ")}${more}` : `both may write a new file: ${globs}`;
  return [{ kind: "files", why, at: [placeOf(a, one.at), placeOf(b, other.at)] }];
}

function ofSchemas(a: Footprint, b: Footprint): readonly ConflictEvidence[] {
  return sharedKeys(a.schemas, b.schemas).map(([schema, one, other]) => ({
    ...{ kind: "schema", why: `both write the schema ${schema}`, at: [placeOf(a, one), placeOf(b, other)] },
  }));
}

function ofNames(a: Footprint, b: Footprint): readonly ConflictEvidence[] {
  return sharedKeys(a.names, b.names).map(([name, one, other]) => ({
    ...{ kind: "api", why: `both name \`${name}\``, at: [placeOf(a, one), placeOf(b, other)] },
  }));
}

/** What the text of one names and the other one writes; what both name is told once. */
function ofMentions(
  by: Footprint,
  other: Footprint,
  told: ReadonlyMap<string, Place> = new Map<string, Place>(),
): readonly ConflictEvidence[] {
  return [...by.mentions].flatMap(([path, at]): ConflictEvidence[] => {
    const theirs = other.mentions.get(path);
    if (theirs !== undefined && !told.has(path))
      return [{ kind: "mention", why: `both come by ${path}`, at: [placeOf(by, at), placeOf(other, theirs)] }];
    const scope = other.scope.find(({ value }) => globsMeet(value, path));
    if (theirs !== undefined || scope === undefined) return [];
    const why = `${by.issue.id.value} comes by ${path}, which ${other.issue.id.value} may write`;
    return [{ kind: "mention", why, at: [placeOf(by, at), placeOf(other, scope.at)] }];
  });
}

function sharedKeys(a: ReadonlyMap<string, Place>, b: ReadonlyMap<string, Place>): readonly [string, Place, Place][] {
  return [...a].flatMap(([key, one]): [string, Place, Place][] => {
    const other = b.get(key);
    return other === undefined ? [] : [[key, one, other]];
  });
}

function placeOf({ issue }: Footprint, at: Place): string {
  return placeText(issue.path, at);
}
