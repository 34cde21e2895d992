import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../../../core/diagnostic.ts";
import type { HooksFolder } from "./hooks-folder.ts";
import { hookScript, isOurs, type HookName, type HookProgram } from "./hook-script.ts";

/** What became of a hook. */
export interface HookChange {
  readonly hook: HookName;
  readonly state: "installed" | "unchanged" | "updated" | "removed" | "absent" | "foreign";
  /** Absolute. */
  readonly file: string;
  /** Where the hook that was there is now, or was taken from; absolute. */
  readonly backup?: string;
}

/** An error where somebody else wrote a hook of this name. */
export function foreignHook(hook: HookName, { folder }: HooksFolder): Diagnostic | undefined {
  const file = join(folder, hook);
  const before = textOf(file);
  if (before === undefined || isOurs(before)) return undefined;
  return errorOf("SYM2052", `there is a ${hook} hook already, and symbiotic did not write it`, {
    location: { file },
    hint: `--force takes its place and keeps it as ${hook}${BACKUP}; or call \`symbiotic run gates\` in it yourself`,
  });
}

/** Writes a hook. One that somebody else wrote is kept beside. Throws what the file system throws. */
export function installHook(hook: HookName, { folder, isShared }: HooksFolder, program: HookProgram): HookChange {
  const file = join(folder, hook);
  const text = hookScript(hook, isShared ? undefined : program);
  const before = textOf(file);
  if (before === text) return { hook, state: "unchanged", file };
  const isForeign = before !== undefined && !isOurs(before);
  mkdirSync(folder, { recursive: true });
  const backup = isForeign ? freeName(`${file}${BACKUP}`) : undefined;
  if (backup !== undefined) renameSync(file, backup);
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  const state = before === undefined || isForeign ? "installed" : "updated";
  return { hook, state, file, ...(backup === undefined ? {} : { backup }) };
}

/** Takes a hook away that was written here, and puts back what it took the place of. Throws what the file system throws. */
export function uninstallHook(hook: HookName, { folder }: HooksFolder): HookChange {
  const file = join(folder, hook);
  const before = textOf(file);
  if (before === undefined) return { hook, state: "absent", file };
  if (!isOurs(before)) return { hook, state: "foreign", file };
  rmSync(file);
  const backup = latest(`${file}${BACKUP}`);
  if (backup === undefined) return { hook, state: "removed", file };
  renameSync(backup, file);
  return { hook, state: "removed", file, backup };
}

const BACKUP = ".symbiotic-backup";

/** The text of a hook, empty for a link that leads nowhere; undefined where there is none. */
function textOf(file: string): string | undefined {
  if (existsSync(file)) return readFileSync(file, "utf8");
  return isThere(file) ? "" : undefined;
}

/** A link that leads nowhere is somebody's too. */
function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

function freeName(file: string, count = 1): string {
  const name = numbered(file, count);
  return isThere(name) ? freeName(file, count + 1) : name;
}

/** The one that was put aside last. */
function latest(file: string, count = 1): string | undefined {
  if (!isThere(numbered(file, count))) return count === 1 ? undefined : numbered(file, count - 1);
  return latest(file, count + 1);
}

function numbered(file: string, count: number): string {
  return count === 1 ? file : `${file}-${String(count)}`;
}
