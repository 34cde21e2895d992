import { leastSquares } from "../least-squares.mjs";
import { lines, timesOf, whole } from "../markdown.mjs";

/** @typedef {import("./results.mjs").Results} Results */
/** @typedef {{ projects: number, files: number, ms: number }} Point */

const MEASURED = [
  ["symbiotic", "symbiotic"],
  ["turbo", "turbo"],
  ["turbo-native", "turbo, native binary"],
  ["floor", "the floor"],
];

/**
 * How the time of a cached run grows: a straight line through all sizes, and how far each of them lies from it.
 * @param {readonly Results[]} all
 */
export function growthTables(all) {
  const fits = MEASURED.flatMap(([id = "", title = ""]) => {
    const points = pointsOf(all, id);
    const fit = fitOf(points);
    return fit === undefined ? [] : [{ title, points, ...fit }];
  });
  if (fits.length === 0) return [];
  const sizes = fits[0]?.points ?? [];
  return [
    lines(
      ["cached run", "ms at nothing", "+ ms a project", "+ µs a file", "farthest size from the line"],
      fits.map(({ title, factors: [start = 0, project = 0, file = 0], points, fitted }) => [
        title,
        start.toFixed(0),
        project.toFixed(3),
        (file * 1000).toFixed(1),
        farthest(points, fitted),
      ]),
    ),
    lines(
      ["ms, measured (on the line)", ...sizes.map(({ projects, files }) => `${projects} × ${files / projects}`)],
      fits.map(({ title, points, fitted }) => [
        title,
        ...points.map(({ ms }, index) => `${whole(ms)} (${whole(fitted[index] ?? 0)})`),
      ]),
    ),
    lines(
      ["ms a further project", ...steps(sizes).map(({ from, to }) => `${from.projects} to ${to.projects}`)],
      fits.map(({ title, points }) => [
        title,
        ...steps(points).map(({ from, to }) => ((to.ms - from.ms) / (to.projects - from.projects)).toFixed(3)),
      ]),
    ),
  ];
}

/**
 * @param {readonly Results[]} all
 * @param {string} id
 * @returns {Point[]} by their number of files
 */
function pointsOf(all, id) {
  return all
    .filter(({ kind }) => kind === "cached")
    .flatMap(({ rounds, repository: { projects, filesOfProject } }) => {
      const times = timesOf(rounds, id);
      return times === undefined ? [] : [{ projects, files: projects * filesOfProject, ms: times.ms.median }];
    })
    .sort((a, b) => a.files - b.files || a.projects - b.projects);
}

/**
 * Files count by themselves only if there are sizes with another number of them in a project.
 * @param {readonly Point[]} points
 */
function fitOf(points) {
  if (points.length < 4) return undefined;
  const measured = points.map(({ ms }) => ms);
  return (
    leastSquares(
      points.map(({ projects, files }) => [1, projects, files]),
      measured,
    ) ??
    leastSquares(
      points.map(({ projects }) => [1, projects]),
      measured,
    )
  );
}

/**
 * @param {readonly Point[]} points
 * @param {readonly number[]} fitted
 */
function farthest(points, fitted) {
  const [worst] = points
    .map((point, index) => ({ point, off: point.ms / (fitted[index] ?? 1) - 1 }))
    .sort((a, b) => Math.abs(b.off) - Math.abs(a.off));
  if (worst === undefined) return "";
  const { projects, files } = worst.point;
  return `${worst.off > 0 ? "+" : "−"}${Math.abs(worst.off * 100).toFixed(0)} % at ${projects} × ${files / projects}`;
}

/**
 * Neighbouring sizes with as many files in a project as most have.
 * @param {readonly Point[]} points
 */
function steps(points) {
  const [usual] = points.map(({ files, projects }) => files / projects);
  const alike = points.filter(({ files, projects }) => files / projects === usual);
  return alike.slice(1).flatMap((to, index) => {
    const from = alike[index];
    return from === undefined ? [] : [{ from, to }];
  });
}
