import { byCodeUnit, ok, type Diagnostic, type Finding, type RepoPath, type Result } from "@symbiotic-build/engine";
import { readJson } from "@symbiotic-build/validator";
import { z } from "zod";

const advisorySchema = z.object({
  id: z.string(),
  fix_versions: z.array(z.string()),
  aliases: z.array(z.string()).default([]),
});

const dependencySchema = z.union([
  z.object({ name: z.string(), version: z.string(), vulns: z.array(advisorySchema) }),
  z.object({ name: z.string(), skip_reason: z.string() }),
]);

const reportSchema = z.object({ dependencies: z.array(dependencySchema) });

/** What pip-audit said of the packages. */
export interface Audit {
  readonly findings: readonly Finding[];
  /** How many packages the service was asked about. */
  readonly audited: number;
  /** Those that it could not be asked about, sorted, each with the reason. */
  readonly notAudited: readonly { readonly package: string; readonly reason: string }[];
}

/** What `pip-audit --format json` wrote, from 2.0 on; the findings are about this file. */
export function readReport(stdout: string, file: RepoPath): Result<Audit, Diagnostic> {
  const read = readJson("pip-audit", stdout, reportSchema);
  if (!read.ok) return read;
  const { dependencies } = read.value;
  const audited = dependencies.filter((each) => "vulns" in each);
  const notAudited = dependencies
    .flatMap((each) => ("vulns" in each ? [] : [{ package: each.name, reason: each.skip_reason }]))
    .sort((a, b) => byCodeUnit(a.package, b.package));
  const findings = audited.flatMap(({ name, version, vulns }) =>
    vulns.map((advisory) => findingOf(`${name} ${version}`, advisory, file)),
  );
  return ok({ findings, audited: audited.length, notAudited });
}

function findingOf(
  release: string,
  { id, aliases, fix_versions: fixes }: z.infer<typeof advisorySchema>,
  file: RepoPath,
): Finding {
  const remedy = fixes.length === 0 ? "no release fixes it" : `fixed in ${fixes.join(", ")}`;
  return {
    tool: "pip-audit",
    rule: id,
    level: "error",
    message: `${release}: ${remedy}`,
    file,
    helpUrl: `https://osv.dev/vulnerability/${encodeURIComponent(id)}`,
    problems: [...new Set([id, ...aliases])].sort(byCodeUnit),
  };
}
