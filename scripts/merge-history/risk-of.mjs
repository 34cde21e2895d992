import { planIssues, issueGraph, readIssue } from "../../packages/workflows/dist/index.js";
import { gitLines, textsOf } from "./git.mjs";

/** @typedef {import("./merges.mjs").Merge} Merge */
/** @typedef {import("./merges.mjs").Side} Side */
/** @typedef {"paths" | "folders" | "words"} Kind */

/**
 * The risk that a plan gives the two sides of a merge, as it would have been before either was done: by the tree of their base.
 * @param {Merge} merge @param {Kind} kind what their documents have: the paths that were written, their folders, or only the words of commits
 * @param {string} repository
 */
export function riskOf({ base, sides }, kind, repository) {
  const documents = sides.map((side, at) => ({
    path: `docs/projects/p/issues/S-${at}.md`,
    text: documentOf(side, at, kind),
  }));
  const texts = new Map(documents.map((document) => [readIssue(document).issue, document.text]));
  const issues = [...texts.keys()].flatMap((issue) => issue ?? []);
  const plan = planIssues({
    ...{ graph: issueGraph(issues, []), filter: {}, parallel: 2, repository: viewOf(base, repository) },
    textOf: (issue) => texts.get(issue) ?? "",
    finished: () => undefined,
    begun: () => false,
  });
  if (!plan.ok) throw new Error(plan.error.map(({ message }) => message).join("; "));
  return plan.value.conflicts[0]?.risk ?? 0;
}

/** @param {Side} side @param {number} at @param {Kind} kind */
function documentOf({ paths, words }, at, kind) {
  const scope = kind === "paths" ? paths : kind === "folders" ? foldersOf(paths) : [];
  const body = kind === "words" ? named(words) : "";
  const files = scope.length === 0 ? "" : `## Files\n\n${scope.map((path) => `- \`${path}\``).join("\n")}\n`;
  return `---\nid: S-${at}\ntitle: Side ${at}\n---\n\n${body}\n\n${files}`;
}

/** A person who does not know the files yet names their folders; what lies at the root is named. @param {readonly string[]} paths */
function foldersOf(paths) {
  return [...new Set(paths.map((path) => (path.includes("/") ? path.replace(/[^/]*$/, "**") : path)))];
}

/** Commits have no backticks: what looks like a path or a name of code gets some. @param {string} words */
function named(words) {
  return words
    .split("\n")
    .map((line) => (line.includes("`") ? line : lineNamed(line)))
    .join("\n");
}

/** @param {string} line */
function lineNamed(line) {
  return line
    .replace(/^#+/, "")
    .replace(
      /[\w./-]*\w\/[\w./-]*\w|\w+\.(?:py|rst|toml|cfg|md|txt)\b|\b[A-Za-z]+_\w+|\b[A-Z][a-z]+[A-Z]\w*|\b\w+\(\)/g,
      "`$&`",
    );
}

/** @param {string} base @param {string} repository */
function viewOf(base, repository) {
  const files = gitLines(repository, ["-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", base]).sort();
  /** @type {ReadonlyMap<string, string> | undefined} */
  let texts;
  return {
    files,
    /** @param {readonly string[]} globs */
    matcher: (globs) => (/** @type {string} */ path) =>
      globs.some((glob) => (glob.endsWith("/**") ? path.startsWith(glob.slice(0, -2)) : path === glob)),
    /** @param {string} path */
    read: (path) => {
      texts ??= textsOf(repository, base, files);
      return texts.get(path);
    },
  };
}
