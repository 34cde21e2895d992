import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join, relative } from "node:path";
import type { Ran, RunOptions } from "../../../support/binary.ts";
import { symbiotic } from "../../../support/binary.ts";
import { outcomes } from "../../../support/record.ts";
import { createRepository, type Files, type TestRepository } from "../../../support/repository.ts";

/** An atom of the configuration, as a user writes it. */
export interface CommandAtom {
  readonly command: string | readonly string[];
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  readonly scratch?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly dependsOn?: readonly string[];
  readonly retries?: number;
  readonly cache?: boolean;
  readonly resources?: { readonly mutex?: readonly string[] };
}

/** What a repository of commands is made of. */
export interface Commands {
  readonly atoms: Readonly<Record<string, CommandAtom>>;
  readonly files?: Files;
}

/** A repository of one project, `root`, whose atoms are commands; git ignores `dist` and `gen`. */
export function commandRepository({ atoms, files = {} }: Commands): TestRepository {
  return createRepository({
    ".gitignore": "dist/\ngen/\n",
    "symbiotic.config.ts": `export default { atoms: ${JSON.stringify(atoms, undefined, 2)}, disable: ["python", "node", "ruff", "pytest"] };\n`,
    ...files,
  });
}

/** Runs targets to the end; gives how each task ended beside what was printed. */
export async function run(
  repository: TestRepository,
  args: readonly string[],
  options?: RunOptions,
): Promise<Ran & { readonly ended: Readonly<Record<string, string>>; readonly all: string }> {
  const ran = await symbiotic(repository, ["run", ...args], options);
  return { ...ran, ended: outcomes(repository), all: ran.stdout + ran.stderr };
}

/** The lines that commands have added to a file of the home folder, which is in no key. */
export function linesIn(repository: TestRepository, name: string): readonly string[] {
  const file = join(repository.home, name);
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}

/** Every file and link below a folder, by path from it: `100644 text`, `100755 text`, `-> text of a link`. */
export function treeOf(folder: string): Readonly<Record<string, string>> {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return {};
  return Object.fromEntries(entriesOf(folder).map((path) => [relative(folder, path), contentOf(path)]));
}

/** Not by the recursive `readdir`, which goes into links. */
function entriesOf(folder: string): readonly string[] {
  const names = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return names.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? entriesOf(path) : [path];
  });
}

function contentOf(path: string): string {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return `-> ${readlinkSync(path)}`;
  return `${(stat.mode & 0o100) === 0 ? "100644" : "100755"} ${readFileSync(path, "utf8")}`;
}

/** All that was moved aside in any run, by the path that it had. */
export function displacedIn(repository: TestRepository): Readonly<Record<string, string>> {
  const folder = join(repository.root, ".symbiotic/displaced");
  const runs = existsSync(folder) ? readdirSync(folder) : [];
  return Object.assign({}, ...runs.map((name) => treeOf(join(folder, name)))) as Record<string, string>;
}
