import type { RepoPath, TestOutcome } from "@symbiotic-build/engine";
import { z } from "zod";
import { doctestPlace, firstLine } from "./message.ts";
import type { Reported } from "./outcomes.ts";
import { placesOf, type Places } from "./places.ts";

const reportSchema = z.object({
  version: z.literal(1),
  cwd: z.string(),
  rootdir: z.string(),
  exit: z.number().nullable(),
  tests: z.array(
    z.object({
      id: z.string(),
      category: z.string(),
      outcome: z.string(),
      file: z.string().optional(),
      line: z.number().nullish(),
      message: z.string().optional(),
      trace: z.array(z.tuple([z.string(), z.number()])).optional(),
    }),
  ),
});

type Test = z.output<typeof reportSchema>["tests"][number];

/** What the reporter left, read. */
export interface Report {
  readonly places: Places;
  readonly tests: readonly Reported[];
}

const CATEGORIES: Readonly<Record<string, TestOutcome["outcome"]>> = {
  passed: "passed",
  failed: "failed",
  error: "error",
  skipped: "skipped",
  xfailed: "xfailed",
  xpassed: "xpassed",
};

/** Reads the reporter's file; `undefined` where it is not whole. */
export function readReport(text: string, root: RepoPath): Report | undefined {
  const parsed = reportSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { cwd, rootdir, tests } = parsed.data;
  const places = placesOf(cwd, root);
  return { places, tests: tests.flatMap((test) => reportedOf(test, rootdir, places)) };
}

/** The value of a JSON text; `undefined` where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reportedOf(test: Test, rootdir: string, places: Places): readonly Reported[] {
  // Other plugins count under words of their own (`rerun`, `subtests passed`): what they report as no end of a test is none.
  const outcome = CATEGORIES[test.category] ?? CATEGORIES[test.outcome];
  if (outcome === undefined) return [];
  const base = { id: idOf(test.id, rootdir, places), category: test.category, outcome };
  return [
    outcome === "passed"
      ? base
      : { ...base, ...placeOf(test, rootdir, places), message: firstLine(test.message ?? "") },
  ];
}

/** pytest's node ids begin in its `rootdir`; its command line takes them from where it is started. */
function idOf(nodeId: string, rootdir: string, places: Places): string {
  const at = nodeId.indexOf("::");
  const path = at < 0 ? nodeId : nodeId.slice(0, at);
  return places.fromProject(path === "" ? "." : path, rootdir) + (at < 0 ? "" : nodeId.slice(at));
}

/** Where it went wrong in the test's own file; else where the test is. */
function placeOf(test: Test, rootdir: string, places: Places): Pick<Reported, "file" | "line"> {
  const file = test.file === undefined ? undefined : places.repoPath(test.file, rootdir);
  if (file === undefined) return {};
  const own = (test.trace ?? []).findLast(([path]) => places.repoPath(path) === file);
  const line = own?.[1] ?? doctestPlace(test.message ?? "") ?? test.line;
  return line === null || line === undefined ? { file } : { file, line };
}
