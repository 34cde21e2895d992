import type { Diagnostic } from "../core/diagnostic.ts";
import { displacedIn } from "../guard/in-place/in-place-folders.ts";
import type { InPlaceEnd, Scratch } from "../guard/scratch/scratch.ts";
import type { EditRequest, EditResult } from "./edit.ts";
import { isGood, type Worked } from "./work-in-rounds.ts";

/** What came of work in the user's tree: what is accepted is there already, of all else nothing is left. */
export function settledInPlace(
  request: Pick<EditRequest, "beforeApplied">,
  {
    result,
    worked,
    inPlace,
  }: {
    readonly result: Omit<EditResult, "isApplied">;
    readonly worked: Worked;
    readonly inPlace: InPlaceEnd;
  },
): EditResult {
  const isAccepted = isGood(worked);
  const isApplied = isAccepted && worked.changed.length > 0;
  if (isApplied) request.beforeApplied?.({ agent: result.agent, files: result.files });
  const ended = inPlace.end(isAccepted);
  const problem = ended.ok ? worked.problem : ended.error;
  return {
    ...result,
    isApplied: isApplied && ended.ok,
    inPlace: { isPutBack: !isAccepted && ended.ok, moved: ended.ok ? ended.value : [] },
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Puts the user's tree back where work in it came to no end, and says where what lay there instead is. */
export function putBackAfter(why: Diagnostic, { inPlace }: Scratch): Diagnostic {
  const ended = inPlace?.end(false);
  if (ended === undefined) return why;
  if (!ended.ok) return { ...ended.error, message: `${why.message}; ${ended.error.message}` };
  const kept = ended.value.length === 0 ? "" : `; what lay there instead is kept in ${displacedIn(ended.value)}`;
  return { ...why, message: `${why.message}; your tree was put back${kept}` };
}
