import { ALLOWED } from "./configurations.mjs";
import { at, refused } from "./place.mjs";
import { run } from "./processes.mjs";

/** @typedef {import("./place.mjs").ByHand} ByHand */
/** @typedef {import("./place.mjs").Place} Place */

/**
 * Packages of the environment whose licence is not among the allowed ones.
 * @param {Place} place
 * @returns {ByHand}
 */
export function pipLicenses(place) {
  const done = run("pip-licenses", ["--from=mixed", "--format=csv"], { cwd: place.temporary, env: place.env });
  if (done.code !== 0) return refused(done);
  const rows = done.stdout.split(/\r?\n/).slice(1).filter(Boolean);
  const isAllowed = (/** @type {string} */ licence) =>
    ALLOWED.some((name) => licence === name || (name.endsWith("*") && licence.startsWith(name.slice(0, -1))));
  return {
    onlyVisible: false,
    found: rows.flatMap((row) => {
      const [, name = "", version = "", licence = ""] = /^"(.*?)","(.*?)","(.*)"$/.exec(row) ?? [];
      return licence.split("; ").some(isAllowed) ? [] : [`${name} ${version} ${licence}`];
    }),
  };
}

/**
 * Advisories about what `requirements.txt` pins.
 * @param {Place} place
 * @returns {ByHand}
 */
export function pipAudit(place) {
  const { OSV_URL: osv = "" } = place.env;
  const args = [
    "-r",
    "requirements.txt",
    "--no-deps",
    "--disable-pip",
    "-s",
    "osv",
    "--osv-url",
    osv,
    "-f",
    "markdown",
  ];
  const done = run("pip-audit", [...args, "--progress-spinner", "off"], at(place));
  if (done.code > 1 || (done.code === 1 && done.stdout === "")) return refused(done);
  const rows = done.stdout.split("\n").map((line) => line.split("|").map(plain));
  const told = rows.filter(([name]) => name !== "" && name !== "Name" && !/^-*$/.test(name ?? ""));
  return { onlyVisible: false, found: told.filter((row) => row.length >= 3).map((row) => row.slice(0, 3).join(" ")) };
}

/**
 * A cell of a table without its link.
 * @param {string} cell
 */
function plain(cell) {
  return cell.trim().replace(/^\[(.*?)\]\(.*\)$/, "$1");
}
