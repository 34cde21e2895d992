import type { WorkProgressed } from "../core/event.ts";
import { oneLine } from "./sanitise.ts";

/** How far a workflow has come, in a line: `M1-02: 2 of 5 done · $0.34 so far · 1 to mend`. */
export function progressLine(progress: WorkProgressed): string {
  return `${oneLine(progress.subject)}: ${progressParts(progress).join(" · ")}`;
}

/** The same in parts. */
export function progressParts({ done, total, usd, isEstimate, open }: WorkProgressed): readonly string[] {
  return [
    `${String(done)} of ${String(total)} done`,
    ...(usd > 0 ? [`$${usd.toFixed(2)}${isEstimate ? " (estimate)" : ""} so far`] : []),
    ...(open > 0 ? [`${String(open)} to mend`] : []),
  ];
}
