import { placeText } from "../../issues/text/place.ts";
import type { Footprint } from "../footprint.ts";
import { isPlainPath } from "../meet/globs-meet.ts";
import type { PlanEdge } from "../plan-edge.ts";
import { schemaOf } from "../text/schema-of.ts";

/**
 * Edges from what an issue makes or writes to those that need it: a name that only it makes and others use; a new file of its scope, or a
 * schema, that others name and do not write. Where several make the same, nobody comes first.
 */
export function inferredByFootprint(
  footprints: readonly Footprint[],
  isThere: (path: string) => boolean,
): readonly PlanEdge[] {
  const makers = onlyOnes(footprints, ({ makes }) => [...makes.keys()]);
  const writers = onlyOnes(footprints, ({ scope }) =>
    scope
      .map(({ value }) => value)
      .filter((path) => isPlainPath(path) && (!isThere(path) || schemaOf(path) !== undefined)),
  );
  return footprints.flatMap((user) => [
    ...[...user.names].flatMap(([name, at]) => {
      const maker = makers.get(name);
      if (maker === undefined || maker === user) return [];
      return [
        edgeOf(maker, user, {
          rule: "makes",
          what: `${maker.issue.id.value} makes \`${name}\``,
          at: placeText(user.issue.path, at),
        }),
      ];
    }),
    ...[...user.mentions].flatMap(([path, at]) => {
      const writer = writers.get(path);
      if (writer === undefined || writer === user) return [];
      return [
        edgeOf(writer, user, {
          rule: "writes",
          what: `${writer.issue.id.value} writes \`${path}\``,
          at: placeText(user.issue.path, at),
        }),
      ];
    }),
  ]);
}

/** What only one of them has, and which one. */
function onlyOnes(
  footprints: readonly Footprint[],
  thingsOf: (footprint: Footprint) => readonly string[],
): ReadonlyMap<string, Footprint> {
  const owners = new Map<string, Footprint>();
  const shared = new Set<string>();
  for (const footprint of footprints)
    for (const thing of new Set(thingsOf(footprint)))
      if (owners.has(thing)) shared.add(thing);
      else owners.set(thing, footprint);
  for (const thing of shared) owners.delete(thing);
  return owners;
}

function edgeOf(
  { issue: before }: Footprint,
  { issue: after }: Footprint,
  { rule, what, at }: { readonly rule: "makes" | "writes"; readonly what: string; readonly at: string },
): PlanEdge {
  const why = `${what}, which ${after.id.value} names`;
  return { before, after, isInferred: true, evidence: [{ rule, why, at }] };
}
