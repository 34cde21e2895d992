import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, sep } from "node:path";
import type { Host } from "../fingerprint/tool/host.ts";
import type { Scratch } from "../guard/scratch/scratch.ts";
import { packageFolders, pythonEnvironments } from "./installed.ts";

/**
 * What of the machine a process in a sandbox gets to read for these programs, beside a bare system: what they are parts of, and what is
 * installed for the user's tree, at its own place. Never a folder that holds the user's home or tree.
 */
export function seenPlaces(
  scratch: Scratch,
  programs: readonly string[],
  { home }: Pick<Host, "home">,
): readonly string[] {
  // An interpreter may be installed so that its folder holds the home.
  const holdsOwn = (seen: string): boolean =>
    [home, scratch.roots.from].some((own) => own === seen || own.startsWith(`${seen}${sep}`));
  return [...new Set([...programPlaces(programs), ...installedFor(scratch), ...userSites(home)])].filter(
    (seen) => !holdsOwn(seen),
  );
}

/**
 * What a program needs to be seen: itself, and where it is part of a package all of that. Never the folder that it lies in: that
 * may be the user's home.
 */
function programPlaces(programs: readonly string[]): readonly string[] {
  const files = [...new Set(programs.flatMap((program) => [program, realpathSync(program)]))];
  return [
    ...files.map((file) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/.exec(file)?.[0] ?? file),
    ...files.flatMap(environmentAround),
    ...[...files, ...files.flatMap(startedBy)].flatMap(libraryOf),
  ];
}

/** The interpreter of a script, by its first line. */
function startedBy(file: string): readonly string[] {
  const [, program] = /^#!\s*(\/\S+)/.exec(startOf(file)) ?? [];
  return program === undefined || !existsSync(program) ? [] : [program, realpathSync(program)];
}

/** An interpreter of Python that is no environment's, with its modules: not all of the folder that it is installed in, which may be `~/.local`. */
function libraryOf(program: string): readonly string[] {
  const folder = join(dirname(dirname(program)), "lib");
  if (!/^python[\d.]*$/.test(basename(program)) || folder.startsWith(`${sep}usr${sep}lib`) || !existsSync(folder))
    return [];
  const parts = readdirSync(folder).filter((name) => /^python3\.\d+$|^libpython3/.test(name));
  return parts.length === 0 ? [] : [program, ...parts.map((name) => join(folder, name))];
}

/** What `pip install --user` installs: programs of it lie on PATH, and Python looks there. */
function userSites(home: string): readonly string[] {
  const folder = join(home, ".local", "lib");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^python3\.\d+$/.test(name))
    .map((name) => join(folder, name, "site-packages"))
    .filter((place) => existsSync(place));
}

/** Nothing of what may be started and not be read. */
function startOf(file: string): string {
  try {
    const opened = openSync(file, "r");
    const bytes = Buffer.alloc(256);
    const read = readSync(opened, bytes);
    closeSync(opened);
    return bytes.subarray(0, read).toString("latin1");
  } catch {
    return "";
  }
}

/** The environment of Python that a program was installed into, wherever that is: pipx and poetry keep theirs in the user's home. */
function environmentAround(program: string): readonly string[] {
  const environment = dirname(dirname(program));
  return existsSync(join(environment, "pyvenv.cfg")) ? [environment, ...interpreterOf(environment)] : [];
}

/** Environments and packages of the user's tree at their own places, with the interpreters that they are made of. */
function installedFor(scratch: Scratch): readonly string[] {
  const { from } = scratch.roots;
  const environments = pythonEnvironments(scratch);
  const interpreters = environments.flatMap((path) => interpreterOf(join(from, path)));
  return [...[...environments, ...packageFolders(scratch)].map((path) => join(from, path)), ...interpreters];
}

function interpreterOf(environment: string): readonly string[] {
  const home = /^home\s*=\s*(.+?)\s*$/m.exec(readFileSync(join(environment, "pyvenv.cfg"), "utf8"))?.[1];
  if (home === undefined || !isAbsolute(home) || home.startsWith(`${sep}usr${sep}`)) return [];
  return [dirname(home), ...(existsSync(home) ? [dirname(realpathSync(home))] : [])];
}
