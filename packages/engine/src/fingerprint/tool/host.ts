import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import type { HashedAhead } from "../files/hash-ahead.ts";
import type { Hold } from "./hold.ts";

/** What finding a tool needs to know of the machine and the user. */
export interface Host {
  /** The repository root, absolute. */
  readonly root: string;
  /** The environment's variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder, absolute. */
  readonly home: string;
  /** Holds what is started only to be asked who it is: an environment may import code of the tree. */
  readonly hold?: Hold;
  /** What is being digested already. */
  readonly hashed?: HashedAhead;
}

/** Whether this is Windows. */
export const WINDOWS: boolean = process.platform === "win32";

/** The value of a variable, empty counted as unset; on Windows whatever the case of its name. */
export function variable(host: Host, name: string): string | undefined {
  const own = WINDOWS ? Object.keys(host.env).find((key) => key.toUpperCase() === name.toUpperCase()) : name;
  const value = own === undefined ? undefined : host.env[own];
  return value === "" ? undefined : value;
}

/** The first program of this name on PATH, absolute. */
export function findOnPath(host: Host, name: string): string | undefined {
  return programsOnPath(host, name).next().value ?? undefined;
}

/** All programs of this name on PATH, absolute, each looked for when it is asked for. */
export function* programsOnPath(host: Host, name: string): Generator<string, undefined> {
  const folders = (variable(host, "PATH") ?? "").split(delimiter).filter(isAbsolute);
  for (const folder of folders) {
    const found = findProgram(host, folder, name);
    // Windows answers for a Python that is not installed with a program that opens its shop.
    if (found !== undefined && !(WINDOWS && /\\WindowsApps\\python/i.test(found))) yield found;
  }
  return undefined;
}

/** The program of this name in a folder, absolute; on Windows with one of the endings of PATHEXT. */
export function findProgram(host: Host, folder: string, name: string): string | undefined {
  const endings = WINDOWS ? ["", ...(variable(host, "PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").split(";")] : [""];
  return endings.map((ending) => join(folder, name + ending)).find(isProgram);
}

/** Whether this is a file that can be started; links are followed. */
export function isProgram(path: string): boolean {
  try {
    // Most places that are asked about do not exist, and an exception for each costs more than the look.
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A file's text; nothing where it cannot be read. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
