/** What is wrong with what a plugin gave for an outcome, in a few words; undefined where nothing is. Plugins need not be written in TypeScript. */
export function outcomeProblem(outcome: unknown): string | undefined {
  if (!isRecord(outcome)) return "it is no object";
  if (outcome["status"] !== "ok" && outcome["status"] !== "failed") return "its status is neither `ok` nor `failed`";
  if (typeof outcome["summary"] !== "string") return "its summary is no text";
  const { evidence } = outcome;
  if (!isRecord(evidence) || typeof evidence["tool"] !== "string") return "its evidence names no tool";
  const ofParts = partsProblem(outcome["parts"]) ?? servedProblem(outcome["served"]);
  if (ofParts !== undefined) return ofParts;
  const lists = LISTS.map(({ name, isItem }) => listProblem(name, evidence[name], isItem));
  return [...lists, coverageProblem(evidence["coverage"])].find((problem) => problem !== undefined);
}

const LISTS: readonly { readonly name: string; readonly isItem: (item: Fields) => boolean }[] = [
  {
    name: "findings",
    isItem: (item) =>
      texts(item, ["tool", "rule", "level", "message", "file"]) &&
      (item["range"] === undefined || isRange(item["range"])),
  },
  { name: "tests", isItem: (item) => texts(item, ["id", "outcome"]) },
  { name: "metrics", isItem: (item) => texts(item, ["name", "unit"]) && Number.isFinite(item["value"]) },
];

type Fields = Readonly<Record<string, unknown>>;

function listProblem(name: string, list: unknown, isItem: (item: Fields) => boolean): string | undefined {
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) return `its ${name} are no list`;
  const wrong = list.findIndex((item) => !isRecord(item) || !isItem(item));
  return wrong < 0 ? undefined : `${name}[${String(wrong)}] does not have the members that it must have`;
}

function partsProblem(parts: unknown): string | undefined {
  if (parts === undefined) return undefined;
  if (!Array.isArray(parts)) return "its parts are no list";
  const wrong = parts.findIndex((part) => !isRecord(part) || !texts(part, ["name"]) || part["record"] === undefined);
  return wrong < 0 ? undefined : `parts[${String(wrong)}] has no name or no record`;
}

function servedProblem(served: unknown): string | undefined {
  if (served === undefined) return undefined;
  const isWhole = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;
  if (isRecord(served) && texts(served, ["what"]) && isWhole(served["served"]) && isWhole(served["ran"]))
    return undefined;
  return "`served` does not have the members that it must have";
}

function coverageProblem(coverage: unknown): string | undefined {
  if (coverage === undefined) return undefined;
  if (!isRecord(coverage)) return "its coverage is no object";
  const wrong = Object.entries(coverage).find(
    ([, lines]) => !isRecord(lines) || !texts(lines, ["executed", "missing"]) || !areBranches(lines["branches"]),
  );
  return wrong === undefined ? undefined : `the coverage of ${wrong[0]} has no \`executed\` and \`missing\``;
}

function areBranches(branches: unknown): boolean {
  return branches === undefined || (isRecord(branches) && texts(branches, ["executed", "missing"]));
}

function isRange(range: unknown): boolean {
  return isRecord(range) && isPosition(range["start"]) && (range["end"] === undefined || isPosition(range["end"]));
}

function isPosition(position: unknown): boolean {
  return isRecord(position) && typeof position["line"] === "number" && typeof position["column"] === "number";
}

function texts(item: Fields, names: readonly string[]): boolean {
  return names.every((name) => typeof item[name] === "string");
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
