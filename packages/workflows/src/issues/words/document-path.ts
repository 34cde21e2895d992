import type { RepoPath } from "@symbiotic-build/engine";

const ARCHIVES = new Set(["archive", "archived", "_archive", "_archived", ".archive", "done"]);
const TEMPLATES = new Set(["_templates", "templates", "_template", ".templates"]);
const INDEXES = new Set(["readme", "index", "_index", "changelog"]);

/** Whether it lies in a folder of what is finished. */
export function isArchived(path: RepoPath): boolean {
  return foldersOf(path).some((folder) => ARCHIVES.has(folder));
}

/** Whether it is a template: something to copy, and no document. */
export function isTemplate(path: RepoPath): boolean {
  return foldersOf(path).some((folder) => TEMPLATES.has(folder));
}

/** Whether it lies where issues lie. */
export function isUnderIssues(path: RepoPath): boolean {
  return foldersOf(path).some((folder) => folder === "issues" || folder === "issue");
}

/** Whether it lies where milestones or reviews lie, or is named as a review is. */
export function isOtherDocument(path: RepoPath): boolean {
  const folders = foldersOf(path);
  return folders.includes("milestones") || folders.includes("reviews") || /^review-/i.test(stemOf(path));
}

/** Whether it tells of its folder: a page that needs no front matter. */
export function isIndexPage(path: RepoPath): boolean {
  return INDEXES.has(stemOf(path).toLowerCase());
}

/** The name of the file without its ending. */
export function stemOf(path: RepoPath): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.(?:md|mdx|markdown)$/i, "");
}

/** The project that a document under `projects/<name>/` belongs to. */
export function projectOfPath(path: RepoPath): string | undefined {
  const folders = path.split("/").slice(0, -1);
  const at = folders.findIndex((folder) => folder.toLowerCase() === "projects");
  return at < 0 ? undefined : folders[at + 1];
}

function foldersOf(path: RepoPath): string[] {
  return path.toLowerCase().split("/").slice(0, -1);
}
