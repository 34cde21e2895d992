/**
 * Whether a package of this version may be what a range means. Only what is certain is denied: a plain version, or one
 * with `^` or `~` in front, that another first number or a lower version rules out. An edge too many costs time, one too few would give wrong results.
 */
export function mayMatch(range: string, version: string | undefined): boolean {
  if (range === "*" || range === "") return true;
  const wanted = /^([~^]|=|v)?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(range.trim());
  const given = /^v?(\d+)\.(\d+)\.(\d+)(?:\+.*)?$/.exec(version ?? "");
  if (wanted === null || given === null) return true;
  const [major, minor, patch] = [Number(given[1]), Number(given[2]), Number(given[3])];
  if (major !== Number(wanted[2])) return false;
  if (wanted[3] === undefined) return true;
  const least = Number(wanted[3]);
  const isCaret = wanted[1] === "^" && major > 0;
  if (isCaret ? minor < least : minor !== least) return false;
  if (wanted[4] === undefined || minor > least) return true;
  const isExact = wanted[1] !== "^" && wanted[1] !== "~";
  return isExact || (wanted[1] === "^" && major === 0 && least === 0)
    ? patch === Number(wanted[4])
    : patch >= Number(wanted[4]);
}
