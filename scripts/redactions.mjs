// `node scripts/redactions.mjs <repository>...`: what is redacted in the files of real repositories (work trees or git folders, at HEAD), a line
// each, and how many that are of 10,000 lines: no more than that can be redacted wrongly. With --proof it writes docs/proofs/redactions.md.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createRedactor } from "../packages/engine/src/redact/redact.ts";
import { ROOT } from "./lib/paths.mjs";
import { script, ScriptError } from "./lib/run.mjs";
import { madeByChance } from "./redactions/made-by-chance.mjs";

/** More than that would be noise in logs. */
const MOST_PER_10_000 = 1;
const LARGEST = 2_000_000;
/** A longer list is that of a repository about credentials, and told by what was found. */
const LISTED = 20;

/** @typedef {{ readonly name: string, readonly commit: string, readonly lines: number, readonly redacted: readonly string[] }} Counted */

await script(() => {
  const isProof = process.argv.includes("--proof");
  const places = process.argv.slice(2).filter((word) => word !== "--proof");
  if (places.length === 0) throw new ScriptError("name a repository");
  const counted = places.map(count);
  for (const { name, redacted } of counted) {
    for (const line of redacted) process.stdout.write(`${name}: ${line}\n`);
  }
  const table = tableOf(counted);
  process.stdout.write(`${table}\n`);
  if (isProof) writeFileSync(join(ROOT, "docs/proofs/redactions.md"), proof(counted, table));
  return counted.every((each) => perTenThousand(each) <= MOST_PER_10_000) ? 0 : 1;
});

/**
 * @param {string} place
 * @returns {Counted}
 */
function count(place) {
  const redactor = createRedactor({ secretValues: [] });
  const commit = git(place, "rev-parse", "HEAD").toString().trim();
  let lines = 0;
  /** @type {string[]} */
  const redacted = [];
  for (const { path, text } of filesOf(place, commit)) {
    const before = text.split("\n");
    const after = redactor.text(text).split("\n");
    lines += before.length;
    for (const [at, line] of after.entries()) {
      if (line !== before[at]) redacted.push(`${path}:${at + 1}  ${line.trim().slice(0, 160)}`);
    }
  }
  return { name: nameOf(place), commit, lines, redacted };
}

/**
 * The text files of a commit.
 * @param {string} place
 * @param {string} commit
 */
function filesOf(place, commit) {
  const entries = git(place, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
    .toString()
    .split("\0")
    .flatMap((entry) => {
      const [, mode = "", type, id = "", size, path = ""] = /^(\d+) (\w+) (\w+) +(\S+)\t(.*)$/s.exec(entry) ?? [];
      return type === "blob" && mode !== "120000" && Number(size) <= LARGEST ? [{ id, path }] : [];
    });
  const bytes = git(place, "cat-file", "--batch", { input: `${entries.map(({ id }) => id).join("\n")}\n` });
  let at = 0;
  return entries.flatMap(({ path }) => {
    const end = bytes.indexOf("\n", at);
    const [, type, size] = bytes.toString("latin1", at, end).split(" ");
    const length = type === "blob" ? Number(size) : -1;
    const content = bytes.subarray(end + 1, end + 1 + Math.max(length, 0));
    at = end + 1 + (length < 0 ? 0 : length + 1);
    return length < 0 || content.includes(0) ? [] : [{ path, text: content.toString("utf8") }];
  });
}

/**
 * @param {string} place
 * @param {(string | { readonly input: string })[]} rest
 */
function git(place, ...rest) {
  const last = rest.at(-1);
  const options = typeof last === "object" ? last : {};
  const args = rest.filter((word) => typeof word === "string");
  return execFileSync("git", ["-C", place, ...args], { maxBuffer: 2 ** 30, ...options });
}

/** `owner+name/repo` and `name` both end in what people call it. @param {string} place */
function nameOf(place) {
  const parts = place.split(/[\\/]+/).filter((part) => part !== "" && part !== "repo" && part !== ".git");
  return basename(parts.at(-1) ?? place).replace("+", "/");
}

/** @param {Counted} counted */
function perTenThousand({ lines, redacted }) {
  return (redacted.length / Math.max(lines, 1)) * 10_000;
}

/** @param {readonly Counted[]} counted */
function tableOf(counted) {
  const rows = counted.map((each) =>
    [
      each.name,
      each.commit.slice(0, 12),
      each.lines.toLocaleString("en-US"),
      String(each.redacted.length),
      perTenThousand(each).toFixed(2),
    ].join(" | "),
  );
  const head = ["repository | commit | lines | redacted | of 10,000 lines", "--- | --- | ---: | ---: | ---:"];
  return [...head, ...rows].map((row) => `| ${row} |`).join("\n");
}

/** @param {readonly Counted[]} counted @param {string} table */
function proof(counted, table) {
  const commit = execFileSync("git", ["rev-parse", "HEAD"], { cwd: ROOT, encoding: "utf8" }).trim();
  const lists = counted.filter(({ redacted }) => redacted.length > 0).map(listOf);
  return `# What is redacted in real repositories

All files of a commit are read as a log would be. What is counted is every line in which anything was redacted, right or wrong: no more
than that can be wrong. At most ${MOST_PER_10_000} line of 10,000 may be. There are more in the sources of clients and servers, whose tests, settings
and examples are full of passwords, private keys and addresses with credentials: lines that hold these are right.

${table}

- date: ${new Date().toISOString().slice(0, 10)}
- commit: ${commit}, with the changes that it is about

Again: \`node scripts/redactions.mjs <work tree or git folder>...\`.
${lists.join("")}
${madeByChance()}`;
}

/** @param {Counted} counted */
function listOf({ name, redacted }) {
  const list = redacted.length > LISTED ? familiesIn(redacted) : redacted.join("\n").replaceAll("`", "'");
  return `\n${name}:\n\n\`\`\`text\n${list}\n\`\`\`\n`;
}

/** How many lines each family was found in. @param {readonly string[]} redacted */
function familiesIn(redacted) {
  const families = redacted.map((line) => /\[redacted:([\w-]+)/.exec(line)?.[1] ?? "further on in the line");
  return [...new Set(families)]
    .sort()
    .map((family) => `${family}: ${families.filter((each) => each === family).length}`)
    .join("\n");
}
