import { joinRepo, type RepoPath } from "@symbiotic-build/engine";

/** The package managers that are told apart; `berry` is Yarn from 2 on. */
export type ManagerName = "npm" | "pnpm" | "yarn" | "berry" | "bun";

/** What installs the packages and runs the scripts. */
export interface Manager {
  readonly name: ManagerName;
  /** The first number of its version; absent where nothing says it. */
  readonly major?: number;
}

/** The lockfiles, the one that counts first. */
export const LOCK_FILES: readonly { readonly file: string; readonly manager: ManagerName }[] = [
  { file: "pnpm-lock.yaml", manager: "pnpm" },
  { file: "yarn.lock", manager: "yarn" },
  { file: "npm-shrinkwrap.json", manager: "npm" },
  { file: "package-lock.json", manager: "npm" },
  { file: "bun.lock", manager: "bun" },
  { file: "bun.lockb", manager: "bun" },
];

/** What there is to know a folder's package manager by. */
export interface ManagerSigns {
  readonly root: RepoPath;
  /** `pnpm@10.2.0`, from the manifest. */
  readonly packageManager: string | undefined;
  readonly isPnpm: boolean;
  /** Whether the repository has this file. */
  readonly has: (path: RepoPath) => boolean;
}

/** The package manager: the one that the manifest names, else the one whose files lie beside it, else npm. */
export function managerOf({ root, packageManager, isPnpm, has }: ManagerSigns): Manager {
  const named = /^(npm|pnpm|yarn|bun)@(\d+)/.exec(packageManager ?? "");
  const major = named === null ? {} : { major: Number(named[2]) };
  const found = isPnpm ? "pnpm" : LOCK_FILES.find(({ file }) => has(joinRepo(root, file)))?.manager;
  const name = toName(named?.[1]) ?? found ?? "npm";
  const isBerry = name === "yarn" && (major.major === undefined ? has(joinRepo(root, ".yarnrc.yml")) : major.major > 1);
  return { name: isBerry ? "berry" : name, ...major };
}

function toName(text: string | undefined): ManagerName | undefined {
  return text === "npm" || text === "pnpm" || text === "yarn" || text === "bun" ? text : undefined;
}

/** Whether `prebuild` and `postbuild` run with `build`. pnpm from 6 to 8 and Yarn from 2 on do not run them. */
export function runsPrePost({ name, major }: Manager): boolean {
  if (name === "pnpm") return major === undefined || major < 6 || major > 8;
  return name !== "berry";
}

/** The words that a project is tagged with. */
export function managerTags({ name }: Pick<Manager, "name">): readonly string[] {
  return name === "berry" ? ["yarn", "yarn-berry"] : [name];
}

/** The package manager of a project with these tags, whose root's manifest may name it with a version. */
export function managerFrom(tags: readonly string[], packageManager: string | undefined): Manager {
  const name = NAMES.findLast((each) => managerTags({ name: each }).every((tag) => tags.includes(tag))) ?? "npm";
  const major = /^[a-z]+@(\d+)/.exec(packageManager ?? "")?.[1];
  return { name, ...(major === undefined ? {} : { major: Number(major) }) };
}

const NAMES: readonly ManagerName[] = ["npm", "bun", "pnpm", "yarn", "berry"];
