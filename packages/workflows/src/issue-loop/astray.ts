import { errorOf, type Diagnostic } from "@symbiotic-build/engine";
import type { Issue } from "../issues/issue.ts";
import { locationIn } from "../issues/text/place.ts";

/**
 * That no file is left that an issue may write: it names some, and all of them lead out of the repository. One that names none may write
 * what the policy lets it write, so it must not be taken for that.
 */
export function astrayIssue({ id, path, files, astray }: Issue): Diagnostic | undefined {
  const [first] = astray;
  if (first === undefined || files.length > 0) return undefined;
  return errorOf("SYM9360", `${id.value} may write nothing: all files that it names lead out of the repository`, {
    location: locationIn(path, first.at),
    hint: "write them from the root of the repository, or take the section out: then the policy alone says what it may write",
  });
}
