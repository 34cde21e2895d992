/** What a person has to approve: that others are asked to review, and that branches are touched that are not ours. */
export type GraphiteApproval = "publish" | "others";

/** Whose branches there are. */
export interface GraphiteRules {
  /** Those that whoever runs the command has made. */
  readonly ownBranches: readonly string[];
  /** For each branch the one that it stands on, `null` for a trunk; without it, that is not known. */
  readonly parents?: Readonly<Record<string, string | null>>;
  readonly approved?: readonly GraphiteApproval[];
}

/** Why a command of Graphite's may not be run. `SYM5025`: it is not in the list; `SYM5026`: nobody approved it; `SYM5027`: it is about branches that are not ours. */
export interface RefusedGraphite {
  readonly code: "SYM5025" | "SYM5026" | "SYM5027";
  /** One sentence. */
  readonly message: string;
}

/** A call as far as it matters whose branches it is about. */
export interface OwnedCall {
  readonly name: string;
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly words: readonly string[];
}

/** Why a call may not be made with these branches. Pure. */
export function ownershipProblem(call: OwnedCall, rules: GraphiteRules): RefusedGraphite | undefined {
  const { name, flags, values, words } = call;
  if (name === "track") return notOurs(name, rules, words.length === 0 ? [undefined] : words);
  if (name === "restack") return notOurs(name, rules, [values.get("--branch")]);
  if (name !== "submit") return undefined;
  const { approved = [] } = rules;
  if (flags.has("--publish") && !approved.includes("publish"))
    return {
      code: "SYM5026",
      message: "`gt submit --publish` is refused: nobody approved that others are asked to review",
    };
  return notOurs(name, rules, submittedBy(values.get("--branch") ?? "", flags.has("--stack"), rules.parents));
}

function notOurs(
  name: string,
  { ownBranches, approved = [] }: GraphiteRules,
  touched: readonly (string | undefined)[],
): RefusedGraphite | undefined {
  if (approved.includes("others") && name === "submit") return undefined;
  const foreign = touched.filter((branch) => branch === undefined || !ownBranches.includes(branch));
  if (foreign.length === 0) return undefined;
  const which = foreign.map((branch) => branch ?? "a branch that is not named").join(", ");
  return { code: "SYM5027", message: `\`gt ${name}\` is refused: it touches ${which}, which is not ours` };
}

/** The branches that are pushed with one: those below it down to the trunk, and those above it where they are asked for. */
function submittedBy(
  branch: string,
  withAbove: boolean,
  parents: GraphiteRules["parents"],
): readonly (string | undefined)[] {
  if (parents === undefined) return [branch, undefined];
  const below = lineage(branch, parents);
  if (!withAbove) return below;
  const above = Object.keys(parents).filter((each) => lineage(each, parents).includes(branch));
  return [...new Set([...below, ...above])];
}

/** A branch and those that it stands on, without the trunk; `undefined` for one that is not known. */
function lineage(branch: string, parents: NonNullable<GraphiteRules["parents"]>): readonly (string | undefined)[] {
  const line: (string | undefined)[] = [];
  for (let at = branch; !line.includes(at); ) {
    const parent = Object.hasOwn(parents, at) ? parents[at] : undefined;
    if (parent === null) break;
    line.push(at);
    if (parent === undefined) return [...line, undefined];
    at = parent;
  }
  return line;
}
