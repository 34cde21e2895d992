import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, sep } from "node:path";
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
  return [...new Set([...programPlaces(programs), ...installedFor(scratch)])].filter((seen) => !holdsOwn(seen));
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
  ];
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
