import type { FindingReported } from "../../core/event.ts";
import type { Finding } from "../../core/evidence.ts";
import type { JsonValue } from "../../core/json.ts";
import type { RepoPath } from "../../core/path.ts";
import { lineAt } from "../../finding/fingerprint.ts";
import type { AskInTree, PlacedFinding, StepFound } from "../../plugin/workflow.ts";
import type { Redactor } from "../../redact/redact.ts";
import type { WorkFile } from "../../workspace/git/list-files.ts";
import type { SourceTexts } from "../../workspace/source-texts.ts";
import type { Opened } from "../../open.ts";

/** What is asked of a tree in which something was found. */
export type FoundTree = Pick<Opened, "texts" | "judge" | "files">;

/** Who found something in a tree, and in what words. */
export interface FoundBy {
  /** The agent's name. */
  readonly tool: string;
  readonly reply: JsonValue;
  readonly redactor: Redactor;
}

/**
 * What a reply finds, as the run tells it: in the one schema of findings, at a place that the tree has, with a fingerprint, redacted, as the
 * repository's settings and baseline judge it. Undefined where nobody was asked to look.
 */
export function foundIn(
  opened: FoundTree,
  { found, toMend = [] }: Pick<AskInTree, "found" | "toMend">,
  { tool, reply, redactor }: FoundBy,
): StepFound | undefined {
  if (found === undefined) return undefined;
  const { texts, judge, files } = opened;
  const known = new Map(files.map((file) => [file.path, file]));
  const told = found(reply).map((each) => findingOf(each, { tool, texts, known, redactor }));
  const findings = judge.judge({ tool, findings: told }).map(({ finding, fingerprint, isKnown }): FindingReported => {
    const excerpt = finding.range && lineAt(texts.source(finding.file), finding.range.start.line);
    return {
      ...{ type: "finding", finding, fingerprint },
      ...(isKnown ? { known: true } : {}),
      ...(excerpt === undefined ? {} : { excerpt: redactor.text(excerpt) }),
    };
  });
  const again = new Set(findings.map(({ fingerprint }) => fingerprint));
  return { tool, findings, mended: toMend.filter((fingerprint) => !again.has(fingerprint)) };
}

interface Finder {
  readonly tool: string;
  readonly texts: SourceTexts;
  readonly known: ReadonlyMap<RepoPath, WorkFile>;
  readonly redactor: Redactor;
}

function findingOf({ rule, level, message, places }: PlacedFinding, { tool, texts, known, redactor }: Finder): Finding {
  const told = { tool, rule, level, message: redactor.text(message) };
  for (const { file, range } of places) {
    const path = known.has(file) ? file : withoutRoot(file, texts.root);
    if (!known.has(path)) continue;
    // What a link leads to is no line of this tree.
    const lines = known.get(path)?.isLink === true ? 0 : (texts.source(path)?.text.split("\n").length ?? 0);
    if (range === undefined || range.start.line > lines) return { ...told, file: path };
    const { start, end } = range;
    return { ...told, file: path, range: end === undefined || end.line > lines ? { start } : { start, end } };
  }
  // A document that is not committed yet is in no tree.
  return { ...told, file: places.at(-1)?.file ?? "." };
}

/** An agent works where the tree lies, and may name a file by all of its path. */
function withoutRoot(path: string, root: string): string {
  const folder = `${root}/`;
  return path.startsWith(folder) ? path.slice(folder.length) : path.replace(/^\.\//, "");
}
