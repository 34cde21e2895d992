import { errorOf, type Diagnostic } from "@symbiotic-build/engine";
import type { Issue } from "../issues/issue.ts";
import { locationIn, START } from "../issues/text/place.ts";

/** A document is a part of what agents are asked: beyond that their vendors refuse it, after minutes. */
const MOST_KB = 256;

/** Why nobody can be asked to work on an issue: its document cannot be committed, is too long, or leaves no file that may be written. Pure. */
export function unaskable(issue: Issue, text: string): Diagnostic | undefined {
  return unwritable(issue) ?? tooLong(issue, text) ?? astray(issue);
}

/** Its boxes are ticked in the end, and what is committed goes by a plain name. */
function unwritable({ id, path }: Issue): Diagnostic | undefined {
  if (!/\p{Cc}/u.test(path)) return undefined;
  return errorOf(
    "SYM9362",
    `the name of the document of ${id.value} holds a control character: what it shows cannot be committed`,
    {
      location: locationIn(path, START),
      hint: "rename it",
    },
  );
}

function tooLong({ id, path }: Issue, text: string): Diagnostic | undefined {
  const kilobytes = Math.ceil(Buffer.byteLength(text) / 1024);
  if (kilobytes <= MOST_KB) return undefined;
  const message = `the document of ${id.value} has ${String(kilobytes)} KiB, and agents are asked with ${String(MOST_KB)} at most`;
  return errorOf("SYM9361", message, {
    location: locationIn(path, START),
    hint: "leave in it what the issue is about, and put the rest into files that it names",
  });
}

/** An issue that names no files may write what the policy lets it write; one that names some, all of them outside, must not be taken for that. */
function astray({ id, path, files, astray: [first] }: Issue): Diagnostic | undefined {
  if (first === undefined || files.length > 0) return undefined;
  return errorOf("SYM9360", `${id.value} may write nothing: all files that it names lead out of the repository`, {
    location: locationIn(path, first.at),
    hint: "write them from the root of the repository, or take the section out: then the policy alone says what it may write",
  });
}
