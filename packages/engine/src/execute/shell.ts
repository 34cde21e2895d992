import { delimiter, join } from "node:path";
import type { RepoPath } from "../core/path.ts";

/** A line for the system's shell: the first word as it is, each further one quoted so that the shell gives it on unchanged. */
export function shellLine([line = "", ...words]: readonly string[], platform: NodeJS.Platform): string {
  const quote = platform === "win32" ? quotedForCmd : quotedForSh;
  return [line, ...words.map(quote)].join(" ");
}

function quotedForSh(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** As programs on Windows read their command line; `cmd` itself takes a percent sign for a variable even between quotes. */
function quotedForCmd(word: string): string {
  const escaped = word.replace(/(\\*)"/g, String.raw`$1$1\"`).replace(/\\+$/, "$&$&");
  return `"${escaped}"`;
}

/** An environment with these folders of the repository before all others on PATH, whatever the case of its name. */
export function withPrograms(
  environment: Readonly<Record<string, string>>,
  root: string,
  programs: readonly RepoPath[],
): Record<string, string> {
  if (programs.length === 0) return { ...environment };
  const name = Object.keys(environment).find((each) => each.toUpperCase() === "PATH") ?? "PATH";
  const folders = programs.map((folder) => join(root, ...folder.split("/")));
  const known = environment[name];
  return { ...environment, [name]: [...folders, ...(known === undefined ? [] : [known])].join(delimiter) };
}
