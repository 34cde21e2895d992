import { linkTarget, isMeant } from "../paths/match-paths.ts";
import { endingOf } from "../patterns/language.ts";
import type { Policy } from "../policy/policy.ts";
import type { Violation } from "../violation.ts";
import type { FileChange } from "./file-change.ts";

const [FILE, PROGRAM, LINK, SUBMODULE] = ["100644", "100755", "120000", "160000"];

/** What is wrong with a file as a change leaves it, whatever stands in it. */
export function fileViolations(policy: Policy, change: FileChange): Violation[] {
  const { path, kind, mode } = change;
  if (mode.before === SUBMODULE || mode.after === SUBMODULE) {
    return [{ code: "SYM5008", message: `${path} is a submodule`, path }];
  }
  if (kind === "deleted") return [];
  if (mode.after === LINK) return linkViolations(policy, change);
  return [...modeViolations(change), ...endingViolations(policy, change), ...sizeViolations(policy, change)];
}

function linkViolations({ symlinks, sealed, protect }: Policy, { path, target }: FileChange): Violation[] {
  const refused = (message: string): Violation[] => [{ code: "SYM5007", message, path }];
  if (!symlinks) return refused(`${path} is a link`);
  const place = target === undefined ? undefined : linkTarget(path, target);
  if (place === undefined || place === ".")
    return refused(`${path} is a link that leads out of the repository, or to all of it`);
  return isMeant(place, [...sealed, ...protect]) ? refused(`${path} is a link to what is protected`) : [];
}

function modeViolations({ path, mode, names }: FileChange): Violation[] {
  const { before, after } = mode;
  const isKnown = after === FILE || after === PROGRAM;
  return [
    ...(isKnown ? [] : [{ code: "SYM5009", message: `${path} is no ordinary file`, path }]),
    ...(after === PROGRAM && before !== PROGRAM
      ? [{ code: "SYM5009", message: `${path} is made a program`, path }]
      : []),
    ...((names ?? 1) > 1 ? [{ code: "SYM5014", message: `${path} is a second name of another file`, path }] : []),
  ];
}

function endingViolations({ extensions }: Policy, { path }: FileChange): Violation[] {
  const ending = endingOf(path);
  const isAllowed = extensions.includes("*") || extensions.includes(ending.toLowerCase());
  const what = ending.startsWith(".") && !path.endsWith(`/${ending}`) && path !== ending ? "an ending" : "a name";
  return isAllowed
    ? []
    : [{ code: "SYM5004", message: `${path} has ${what} that is not allowed: ${ending}`, path, rule: ending }];
}

function sizeViolations({ maxFileBytes }: Policy, { path, size, added }: FileChange): Violation[] {
  const isLarge = (size ?? 0) > maxFileBytes;
  return [
    ...(isLarge
      ? [{ code: "SYM5005", message: `${path} has ${String(size)} bytes, of ${String(maxFileBytes)} allowed`, path }]
      : []),
    ...(added === undefined ? [{ code: "SYM5015", message: `${path} is not text, so nobody can judge it`, path }] : []),
  ];
}
