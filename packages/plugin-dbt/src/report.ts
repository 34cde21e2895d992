import { byCodeUnit, ok, type Diagnostic, type Finding, type Result } from "@symbiotic-build/engine";
import { count, pathOf, readJson, type Report } from "@symbiotic-build/validator";
import { z } from "zod";

const resultsSchema = z.object({
  results: z.array(
    z.object({ unique_id: z.string().min(1), status: z.string().min(1), message: z.string().nullish() }),
  ),
});

const nodeSchema = z.object({ name: z.string(), original_file_path: z.string(), package_name: z.string() });

const manifestSchema = z.object({
  metadata: z.object({ project_name: z.string() }),
  nodes: z.record(z.string(), nodeSchema),
  // Before 1.8 there are none.
  unit_tests: z.record(z.string(), nodeSchema).optional(),
});

/** The two files that dbt leaves. */
export interface DbtFiles {
  readonly results: string;
  readonly manifest: string;
}

/** What dbt wrote, from 1.5 on: a finding for each model and test that failed or warns, and the verdict of all as data. */
export function readReport(files: DbtFiles, folder: string): Result<Report, Diagnostic> {
  const read = readJson("dbt", files.results, resultsSchema);
  if (!read.ok) return read;
  const manifest = readJson("dbt", files.manifest, manifestSchema);
  if (!manifest.ok) return manifest;
  const nodes = new Map(Object.entries({ ...manifest.value.nodes, ...manifest.value.unit_tests }));
  const findings: Finding[] = [];
  for (const { unique_id: id, status, message } of read.value.results) {
    const level = LEVELS[status];
    if (level === undefined) continue;
    const node = nodes.get(id);
    // Paths in packages are from the package's folder, and no files of the repository.
    const isOwn = node?.package_name === manifest.value.metadata.project_name;
    const file = pathOf(isOwn ? node.original_file_path : "dbt_project.yml", { tool: "dbt", folder });
    if (!file.ok) return file;
    const said = textOf(message) ?? status;
    findings.push({ tool: "dbt", rule: node?.name ?? id, level, message: `${kindOf(id)}: ${said}`, file: file.value });
  }
  const verdicts = read.value.results
    .map(({ unique_id: id, status }) => [id, status] as const)
    .sort(([a], [b]) => byCodeUnit(a, b));
  return ok({
    findings,
    data: { verdicts: Object.fromEntries(verdicts) },
    ...(findings.length === 0 ? { summary: summaryOf(verdicts.map(([id]) => id)) } : {}),
  });
}

/** Of a test that was skipped because of another's failure, that other tells. */
const LEVELS: Readonly<Record<string, Finding["level"]>> = {
  error: "error",
  fail: "error",
  "runtime error": "error",
  "partial success": "error",
  warn: "warning",
};

/** What a node is called before its first dot: `model`, `test`, `unit_test`. */
function kindOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf("."))).replaceAll("_", " ") || "node";
}

/** The first line says it; of an error of the warehouse the second. What follows may show rows. */
function textOf(message: string | null | undefined): string | undefined {
  const lines = (message ?? "").split(/\r?\n/).map((line) => line.trim());
  const [first, second] = lines.filter((line) => line !== "");
  if (first === undefined || second === undefined || !/\bError in\b/.test(first)) return first?.replace(/:$/, "");
  return `${first}: ${second}`;
}

function summaryOf(ids: readonly string[]): string {
  const tests = ids.filter((id) => /^(unit_)?test\./.test(id)).length;
  const others = ids.length - tests;
  return [...(others > 0 ? [count(others, "node")] : []), count(tests, "test")].join(", ");
}
