import { foldText } from "../paths/fold-text.ts";

const EXECUTABLE = /\.(?:exe|com|bat|cmd|ps1)$/;

/** What a program is called, whatever its path, case and width: `/bin/RM` and `rm.exe` are `rm`. */
export function programName(word: string): string {
  const name = foldText(word.slice(Math.max(word.lastIndexOf("/"), word.lastIndexOf("\\")) + 1));
  return name.replace(/[. ]+$/, "").replace(EXECUTABLE, "");
}

/** Whether a program is what an entry of one word means: itself, or a kind of it (`mkfs.ext4`, `nc.openbsd`). */
export function isProgram(name: string, entry: string): boolean {
  return name.startsWith(entry) && (name.length === entry.length || name.charAt(entry.length) === ".");
}
