import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { ownFilesProblem } from "../plugin/own-file.ts";
import type { Job } from "./job.ts";

/** Puts the files that a command gives, and what is known of its parts, into the task's own folder, which is empty. Gives what went wrong. */
export function putFiles({ command, known, outDirectory, atomId }: Job): Diagnostic | undefined {
  const files = [
    ...Object.entries<unknown>(command?.files ?? {}),
    ...(known === undefined ? [] : [[known.file, known.text] as const]),
  ];
  const why = ownFilesProblem(files.map(([name]) => name)) ?? textsProblem(files);
  if (why !== undefined) return notAFile(atomId, why);
  try {
    for (const [name, text] of files) {
      const file = join(outDirectory, ...name.split("/"));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, String(text), { flag: "wx" });
    }
  } catch (error) {
    return unwritten(atomId, error);
  }
  return undefined;
}

function textsProblem(files: readonly (readonly [name: string, text: unknown])[]): string | undefined {
  const wrong = files.find(([, text]) => typeof text !== "string");
  return wrong === undefined ? undefined : `${JSON.stringify(wrong[0])}: what it holds is no text`;
}

function notAFile(atomId: string, why: string): Diagnostic {
  return errorOf("SYM4060", `${atomId} gives a file that cannot be put into its folder: ${why}`, {
    hint: "this is an error of the plugin: tell its authors",
  });
}

function unwritten(atomId: string, error: unknown): Diagnostic {
  const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  return errorOf("SYM4061", `the files of ${atomId} cannot be put into its folder: ${why}`, {
    hint: "make room on the disk, or check the permissions of `.symbiotic`; then run again",
  });
}
