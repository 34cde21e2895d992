import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { Platform, PlatformFailure } from "../plugin/platform.ts";

/** What a failure is told as. */
export function failureProblem(platform: Pick<Platform, "title" | "signIn">, failure: PlatformFailure): Diagnostic {
  const [first = "", ...rest] = failure.message.split("\n").filter((line) => line.trim() !== "");
  const message = `${platform.title}: ${first === "" ? "it said nothing" : first}`;
  const notes = rest.slice(0, 10);
  switch (failure.kind) {
    case "signed out":
      return errorOf("SYM7405", message, { hint: platform.signIn.hint, notes });
    case "forbidden":
      return errorOf("SYM7406", message, { hint: "sign in as somebody who may do that here", notes });
    case "not found":
      return errorOf("SYM7407", message, {
        hint: "look whether the remote is the repository that is meant, and who is signed in",
        notes,
      });
    case "exists":
      return errorOf("SYM7408", message, { hint: "there is one already: look at it", notes });
    case "conflict":
      return errorOf("SYM7409", message, { hint: "solve the conflict, and try again", notes });
    case "unavailable":
      return errorOf("SYM7410", message, { hint: "try again later: what is done already is found", notes });
    case "unreadable":
      return errorOf("SYM7411", message, { hint: "another version of the tool may say it otherwise", notes });
    case "refused":
      return errorOf("SYM7412", message, { hint: "the message says why", notes });
  }
}
