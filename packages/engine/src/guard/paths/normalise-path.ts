import type { RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { decodePercent } from "./decode-percent.ts";
import { foldText } from "./fold-text.ts";
import { namesOf, problemOfText, type PathProblem } from "./path-problem.ts";

/** No file system takes a longer one. */
const LONGEST = 4096;
/** Nobody encodes a path that often who has nothing to hide. */
const ROUNDS = 8;

/**
 * The path of a file strictly inside the repository, or why a text is none. It is the text itself without what means
 * nothing (`./a//b` is `a/b`); encodings in it stay, and have been looked behind: whichever program undoes them, or reads
 * letters of another width or case, still finds a path inside. Takes time in proportion to the text, for any text.
 */
export function normalisePath(text: string): Result<RepoPath, PathProblem> {
  const readings = readingsOf(text);
  if (!readings.ok) return readings;
  const path = namesOf(text).join("/");
  // What meant nothing may have held apart what is an encoding of something else: `.//%2fa` is inside, and `%2fa` is `/a`.
  const again = path === text ? readings : readingsOf(path);
  return again.ok ? ok(path) : again;
}

/**
 * What a path may be taken for by one program or another: as it stands, with encodings undone, and each of them folded
 * (see `foldText`). Each is normalised. Fails like `normalisePath`.
 */
export function readingsOf(text: string): Result<readonly RepoPath[], PathProblem> {
  if (text.length > LONGEST) return fail("too long");
  const readings = new Set<string>();
  for (const start of [text, foldText(text)]) {
    const decoded = decodings(start, start === text ? (each) => each : foldText);
    if (!decoded.ok) return decoded;
    for (const each of decoded.value) {
      for (const reading of [each, foldText(each)]) {
        const problem = problemOfText(reading);
        if (problem !== undefined) return fail(problem);
        readings.add(namesOf(reading).join("/"));
      }
    }
  }
  return ok([...readings]);
}

function decodings(start: string, made: (text: string) => string): Result<readonly string[], PathProblem> {
  const all = [start];
  for (let round = 0, text = start; round < ROUNDS; round += 1) {
    const next = decodePercent(text);
    if (next === undefined) return fail("an encoding that hides something");
    if (next === text) return ok(all);
    text = made(next);
    all.push(text);
  }
  return fail("an encoding that hides something");
}
