import { basename, isAbsolute, relative } from "node:path";
import type { PythonEnvironment } from "./environment.ts";
import { findOnPath, type Host } from "./host.ts";

/** A file as a person in the repository root would type it: relative where it lies inside, else absolute. */
export function displayOfFile(path: string, host: Host): string {
  const inside = relative(host.root, path);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside) ? path : inside;
}

/** An environment's interpreter as a person in the repository root would type it; bare where PATH leads to it. */
export function displayOfPython({ directory, python }: PythonEnvironment, host: Host): string {
  const shown = displayOfFile(python, host);
  if (directory !== null && !isAbsolute(shown)) return shown;
  const name = basename(python, ".exe");
  return findOnPath(host, name) === python ? name : shown;
}
