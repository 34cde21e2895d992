import { byCodeUnit } from "../core/json.ts";
import { parentOf, type RepoPath } from "../core/path.ts";
import { byFolder, type Candidate } from "./candidates.ts";
import { mentionedPaths } from "./mentioned.ts";
import { minimise, type Passes } from "./minimise.ts";
import type { Observation } from "./observation.ts";
import type { MissedInput } from "./verdict.ts";

/** A search for what a task reads and does not declare. With all candidates it comes to what it should; without any it does not. */
export interface Search {
  readonly candidates: readonly Candidate[];
  /** The run without any. */
  readonly first: Observation;
  /** Where the task runs, from the root. */
  readonly folder: RepoPath;
  /** Runs the task with these beside what it declares. */
  readonly run: (candidates: readonly Candidate[]) => Promise<Observation>;
  readonly isSame: (run: Observation) => boolean;
  readonly mayAsk: () => boolean;
}

/** At most so many of what a log mentions are tried at once: a long log mentions everything. */
const MOST_NAMED = 60;
/** So many files of one folder are told of as the folder, where they are all that it has. */
const AS_FOLDER = 5;

type Missed = Omit<MissedInput, "producer">;

/** Finds what is missing: first what the task says that it missed, then by halving what is left, folder by folder. */
export async function findMissed(search: Search): Promise<readonly Missed[]> {
  const { candidates, run, isSame, mayAsk } = search;
  const named = await followWords(search);
  const passes: Passes<readonly Candidate[]> = async (units) => isSame(await run(units.flat()));
  const rest = named.isEnough ? [] : byFolder(candidates.filter((each) => !named.items.includes(each)));
  const units = [...named.items.map((each) => [each]), ...rest];
  const needed = await minimise(units, passes, mayAsk);
  const found: Missed[] = [];
  for (const unit of needed.items) {
    const others = needed.items.filter((each) => each !== unit).flat();
    const alone: Passes<Candidate> = async (items) => isSame(await run([...others, ...items]));
    const inner =
      unit.length > 1 && needed.isWhole
        ? await minimise(unit, alone, mayAsk)
        : { items: unit, isWhole: unit.length === 1 };
    found.push(...told(inner, unit, needed.isWhole));
  }
  return gathered(found, candidates).sort((a, b) => byCodeUnit(a.path, b.path));
}

/** Where all files of a folder were found, some by their names and others by halving, the folder stands for them. */
function gathered(found: readonly Missed[], candidates: readonly Candidate[]): Missed[] {
  const listed = found.filter(({ ignored, certain }) => certain && !ignored);
  const folderOf = ({ path, kind }: Missed): RepoPath => (kind === "folder" ? path : parentOf(path));
  const whole = [...new Set(listed.map(folderOf))].flatMap((path): Missed[] => {
    const files = listed.filter((each) => folderOf(each) === path).reduce((sum, each) => sum + each.files, 0);
    const all = candidates.filter((each) => !each.ignored && parentOf(each.path) === path).length;
    return files === all && all >= AS_FOLDER ? [{ path, kind: "folder", files, ignored: false, certain: true }] : [];
  });
  const isTold = (each: Missed): boolean => listed.includes(each) && whole.some(({ path }) => path === folderOf(each));
  return [...found.filter((each) => !isTold(each)), ...whole];
}

/** Each run says what it misses next: what it names is added until nothing is missing, or it names nothing more. */
async function followWords({ candidates, first, folder, run, isSame, mayAsk }: Search): Promise<{
  readonly items: readonly Candidate[];
  readonly isEnough: boolean;
}> {
  const byPath = new Map(candidates.map((each) => [each.path, each]));
  const items: Candidate[] = [];
  for (let last = first; mayAsk(); ) {
    const words = `${last.log}\n${last.summary}\n${last.evidence}`;
    const named = mentionedPaths(words, [...byPath.keys()], folder).slice(0, MOST_NAMED);
    if (named.length === 0) break;
    for (const path of named) {
      items.push(...[byPath.get(path)].filter((each) => each !== undefined));
      byPath.delete(path);
    }
    last = await run(items);
    if (isSame(last)) return { items, isEnough: true };
  }
  return { items, isEnough: false };
}

function told(
  { items, isWhole }: { readonly items: readonly Candidate[]; readonly isWhole: boolean },
  unit: readonly Candidate[],
  certain: boolean,
): readonly Missed[] {
  const [one] = items;
  const isFolder = items.length > 1 && (!isWhole || (items.length >= AS_FOLDER && items.length === unit.length));
  if (isFolder && one !== undefined)
    return [{ path: parentOf(one.path), kind: "folder", files: items.length, ignored: false, certain }];
  return items.map(({ path, files, ignored }) => ({
    path,
    kind: ignored && files > 1 ? "folder" : "file",
    files,
    ignored,
    certain,
  }));
}
