import type { Diagnostic, RepoPath } from "@symbiotic-build/engine";
import { bodyLines } from "./body/body-line.ts";
import { checkboxesOf } from "./body/checkboxes.ts";
import { filesOfBody, withinRepository } from "./body/file-scope.ts";
import { openQuestionsOf } from "./body/open-questions.ts";
import { verificationOf } from "./body/verification.ts";
import { entriesOf } from "./front-matter/entry.ts";
import type { Field } from "./front-matter/field.ts";
import { frontMatterOf, type FrontMatter } from "./front-matter/front-matter.ts";
import type { Issue, IssueReading, SourceDocument } from "./issue.ts";
import { fieldsOf, tellUnreadKeys, type Fields } from "./read/fields.ts";
import { isFlag, readEdges } from "./read/read-edges.ts";
import { readId, type ReadId } from "./read/read-id.ts";
import { readPriority } from "./read/read-priority.ts";
import { readState } from "./read/read-state.ts";
import { readTitle } from "./read/read-title.ts";
import { referencesOf } from "./read/references.ts";
import { readSingle, singleValue } from "./read/single-value.ts";
import { textList } from "./read/text-list.ts";
import { tellerOf, type Teller } from "./teller.ts";
import { linesOf } from "./text/lines.ts";
import { START } from "./text/place.ts";
import { quoted } from "./text/plain-text.ts";
import { segmentOf, partOf, placeOf } from "./text/segment.ts";
import {
  isArchived,
  isIndexPage,
  isOtherDocument,
  isTemplate,
  isUnderIssues,
  projectOfPath,
} from "./words/document-path.ts";

/** What an issue says of itself beside its id and title: a page of a manual has none of it. */
const TELLING: readonly Field[] = [
  "state",
  "milestone",
  "parent",
  "children",
  "blocked_by",
  "blocking",
  "blocked",
  "depends_on",
  "priority",
  "estimate",
];

/**
 * Reads an issue document. What can be read is read; what cannot is a diagnostic. A document that is none, as it has no front
 * matter, is a template or belongs to a milestone or a review, gives no issue. Never throws, and takes time in proportion to its text.
 */
export function readIssue({ path, text }: SourceDocument): IssueReading {
  if (isTemplate(path) || (isOtherDocument(path) && !isUnderIssues(path))) return { issue: undefined, diagnostics: [] };
  const teller = tellerOf(path);
  const matter = frontMatterOf(linesOf(text));
  if (matter === undefined) tellNoFrontMatter(path, teller);
  const issue = matter === undefined ? undefined : readMatter(matter, { path, teller });
  return { issue, diagnostics: teller.diagnostics.toSorted(byPlace) };
}

function byPlace({ location: a }: Diagnostic, { location: b }: Diagnostic): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
}

interface Reader {
  readonly path: RepoPath;
  readonly teller: Teller;
}

function tellNoFrontMatter(path: RepoPath, { tell }: Teller): void {
  if (!isUnderIssues(path) || isIndexPage(path)) return;
  const hint = "begin it with `---`, the keys of an issue, and `---`; docs/issues.md of Symbiotic lists them";
  tell("noFrontMatter", START, "this document lies among issues and has no front matter: it is left out", hint);
}

function readMatter(matter: FrontMatter, reader: Reader): Issue | undefined {
  const { entries, stray } = entriesOf(matter.lines);
  if (!isIssue(reader.path, matter, new Set(entries.map(({ field }) => field)))) return undefined;
  const { tell } = reader.teller;
  if (!matter.isClosed) {
    const at = { ...START, line: matter.lines.at(-1)?.number ?? 1 };
    tell(
      "unclosedFrontMatter",
      at,
      "the front matter has no closing `---`: it is read up to here",
      "add `---` below this line",
    );
  }
  for (const line of stray) {
    const part = partOf(segmentOf(line, 0), 0);
    tell("unreadableLine", placeOf(part), `${quoted(line.text)} is no key and belongs to none`, "write `key: value`");
  }
  tellUnreadKeys(entries, reader.teller);
  const fields = fieldsOf(entries, reader.teller);
  const id = readId(fields, reader);
  return id === undefined ? undefined : issueOf(id, fields, { ...reader, matter });
}

/** Elsewhere than among issues, a document must say that it is one, and be closed as front matter is. */
function isIssue(path: RepoPath, matter: FrontMatter, fields: ReadonlySet<Field | undefined>): boolean {
  if (isUnderIssues(path)) return fields.has("id") || !isIndexPage(path);
  return fields.has("id") && TELLING.some((field) => fields.has(field)) && (matter.isOpened || matter.isClosed);
}

function issueOf({ id, isDerived }: ReadId, fields: Fields, reader: Reader & { readonly matter: FrontMatter }): Issue {
  const { path, teller, matter } = reader;
  const { state, kind } = readState(fields, teller);
  const project = projectOfPath(path);
  const [parent] = referencesOf(fields, "parent", reader).map(({ value, at }) => ({ value, at }));
  return {
    path,
    id,
    isIdDerived: isDerived,
    title: readTitle(fields, matter.body, reader),
    state,
    stateKind: kind,
    isArchived: isArchived(path),
    milestone: singleValue(fields, "milestone", teller),
    project:
      singleValue(fields, "project", teller) ?? (project === undefined ? undefined : { value: project, at: START }),
    parent,
    children: referencesOf(fields, "children", reader).map(({ value, at }) => ({ value, at })),
    edges: readEdges(fields, reader),
    listsBlocking: fields.has("blocking") || (fields.has("blocked") && !isFlag(fields)),
    ...readPriority(fields, teller),
    labels: textList(fields, "labels").map(({ value, at }) => ({ value: value.replace(/^#/, ""), at })),
    estimate: singleValue(fields, "estimate", teller),
    needsNoChange: saysNone(fields, teller),
    ...bodyOf(fields, reader),
  };
}

/** `changes: none`. */
function saysNone(fields: Fields, teller: Teller): boolean {
  const [entry] = fields.get("changes") ?? [];
  return entry !== undefined && /^(?:none|no|nothing)$/i.test(readSingle(entry, "plain", teller).value);
}

type Body = Pick<Issue, "checkboxes" | "verification" | "files" | "astray" | "openQuestions">;

function bodyOf(fields: Fields, { teller, matter }: Reader & { readonly matter: FrontMatter }): Body {
  const lines = bodyLines(matter.body);
  return {
    checkboxes: checkboxesOf(lines),
    verification: verificationOf(lines),
    ...withinRepository([...textList(fields, "files"), ...filesOfBody(lines)], teller),
    openQuestions: openQuestionsOf(lines),
  };
}
