// Refuses a relative link in a Markdown file that leads nowhere, and a path in backticks in ARCHITECTURE.md that is gone.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./lib/paths.mjs";
import { script } from "./lib/run.mjs";
import { repositoryFiles } from "./lib/tracked.mjs";

const SKIPPED = /(^|\/)(fixtures|__snapshots__|node_modules)\//;
const LINK = /\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const NAMED = /`([\w@.-]+(?:\/[\w@.*-]+)+\/?|[\w-]+\.(?:ts|mjs|js|json|md|yaml))`/g;

await script(() => {
  const files = repositoryFiles();
  const pages = files.filter((file) => file.endsWith(".md") && !SKIPPED.test(file));
  const problems = [...pages.flatMap(brokenLinks), ...missingNames("ARCHITECTURE.md", files)];
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
});

/** @param {string} page */
function brokenLinks(page) {
  return findAll(page, LINK).flatMap(({ line, text }) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return [];
    const [path = "", anchor] = text.split("#");
    const target = path === "" ? page : join(dirname(page), decodeURIComponent(path));
    if (!existsSync(join(ROOT, target))) return [`${page}:${line}  the link ${text} leads nowhere`];
    if (anchor === undefined || !target.endsWith(".md") || anchorsOf(target).has(anchor)) return [];
    return [`${page}:${line}  ${target} has no heading for #${anchor}`];
  });
}

/**
 * A name with a slash is a path from the root, or the end of one; a bare file name is the name of some file.
 * @param {string} page
 * @param {readonly string[]} files
 */
function missingNames(page, files) {
  if (!existsSync(join(ROOT, page))) return [];
  const isKnown = (/** @type {string} */ name) =>
    files.some((file) => `/${file}`.endsWith(`/${name}`) || `/${file}`.includes(`/${name.replace(/\/?$/, "/")}`));
  return findAll(page, NAMED)
    .filter(({ text }) => !text.includes("*") && !text.startsWith("@") && !text.startsWith(".") && !isKnown(text))
    .map(({ line, text }) => `${page}:${line}  names \`${text}\`, which does not exist`);
}

/** @param {string} page */
function anchorsOf(page) {
  const headings = textOf(page).matchAll(/^#+\s+(.*)$/gm);
  return new Set([...headings].map(([, heading = ""]) => slug(heading)));
}

/** @param {string} heading */
function slug(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
}

/**
 * @param {string} page
 * @param {RegExp} pattern
 */
function findAll(page, pattern) {
  return textOf(page)
    .split("\n")
    .flatMap((line, index) => [...line.matchAll(pattern)].map(([, text = ""]) => ({ line: index + 1, text })));
}

/**
 * The page without its code blocks, its lines kept in place.
 * @param {string} page
 */
function textOf(page) {
  const text = readFileSync(join(ROOT, page), "utf8");
  return text.replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ""));
}
