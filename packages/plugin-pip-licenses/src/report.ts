import { byCodeUnit, ok, type Diagnostic, type Finding, type RepoPath, type Result } from "@symbiotic-build/engine";
import { readJson } from "@symbiotic-build/validator";
import { z } from "zod";
import { licencesOf, namesMatcher } from "./matching.ts";

const reportSchema = z.array(z.object({ Name: z.string(), Version: z.string(), License: z.string() }));

/** An installed distribution and what its metadata says of its licence. */
export type Licensed = { readonly package: string; readonly version: string; readonly licence: string };

/** What pip-licenses writes where the metadata says nothing. */
const UNKNOWN = "UNKNOWN";

/** What `pip-licenses --format json` wrote, from 3.0 on, sorted, without these packages. */
export function readReport(stdout: string, ignore: readonly string[]): Result<readonly Licensed[], Diagnostic> {
  const read = readJson("pip-licenses", stdout, reportSchema);
  if (!read.ok) return read;
  const isIgnored = namesMatcher(ignore.map(normalized));
  const all = read.value.map(({ Name, Version, License }) => ({ package: Name, version: Version, licence: License }));
  return ok(
    all
      .filter((each) => !isIgnored(normalized(each.package)))
      .sort((a, b) => byCodeUnit(a.package, b.package) || byCodeUnit(a.version, b.version)),
  );
}

/** As Python compares the names of distributions. */
function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** What is allowed and what is not, and the file that findings are about. */
export interface Rules {
  readonly allow: readonly string[] | null;
  readonly deny: readonly string[] | null;
  readonly file: RepoPath;
}

/** The distributions whose licence is denied, not allowed or unknown. */
export function judge(licensed: readonly Licensed[], { allow, deny, file }: Rules): readonly Finding[] {
  const [allowed, denied] = [namesMatcher(allow ?? []), namesMatcher(deny ?? [])];
  return licensed.flatMap((each): readonly Finding[] => {
    const licences = licencesOf(each.licence);
    const about = { tool: "pip-licenses", file };
    const release = `${each.package} ${each.version}`;
    if (licences.isDenied(denied))
      return [{ ...about, rule: "licence-denied", level: "error", message: `${release}: ${each.licence} is denied` }];
    if (allow !== null && licences.isAllowed(allowed)) return [];
    if (each.licence === UNKNOWN) {
      const level = allow === null && deny === null ? "note" : "warning";
      return [{ ...about, rule: "licence-unknown", level, message: `${release}: its metadata names no licence` }];
    }
    if (allow === null) return [];
    return [
      { ...about, rule: "licence-not-allowed", level: "error", message: `${release}: ${each.licence} is not allowed` },
    ];
  });
}
