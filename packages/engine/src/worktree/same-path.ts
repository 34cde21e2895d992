import { isAbsolute, relative, resolve, sep } from "node:path";

/** Whether two absolute paths are one, as they are written: on Windows case and the kind of slash mean nothing. */
export function isSamePath(a: string, b: string): boolean {
  return comparable(a) === comparable(b);
}

/** Whether an absolute path is `folder` or lies below it, as they are written. */
export function isAtOrBelow(folder: string, path: string): boolean {
  const way = relative(comparable(folder), comparable(path));
  return way === "" || !(way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way));
}

function comparable(path: string): string {
  return process.platform === "win32" ? resolve(path).toLowerCase() : resolve(path);
}
