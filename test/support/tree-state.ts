import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** All of a folder, by path: kind, permissions, and contents byte for byte. What `skips` matches is left out. */
export function treeState(root: string, skips: RegExp): Readonly<Record<string, string>> {
  const state: Record<string, string> = {};
  const visit = (path: string): void => {
    if (skips.test(path)) return;
    const place = join(root, path);
    const stat = lstatSync(place);
    const mode = (stat.mode & 0o7777).toString(8);
    if (stat.isSymbolicLink()) state[path] = `link to ${readlinkSync(place)}`;
    else if (stat.isFile()) state[path] = `file ${mode} ${readFileSync(place, "base64")}`;
    else state[path] = `folder ${mode}`;
    if (stat.isDirectory()) for (const name of readdirSync(place).sort()) visit(join(path, name));
  };
  visit(".");
  return state;
}
