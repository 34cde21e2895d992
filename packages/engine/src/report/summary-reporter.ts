import type { Envelope } from "../core/event.ts";
import { jsonText } from "./json-text.ts";
import type { Reporter, Write } from "./reporter.ts";
import { RunView } from "./run-view.ts";
import { summaryOf } from "./summary.ts";

/** What `--json` of a run prints and `summary.json` holds: the whole run as one object on stdout, when it is over. */
export function createSummaryReporter({ write }: { readonly write: Write }): Reporter {
  const view = new RunView();
  let isPrinted = false;
  const print = (): void => {
    if (!isPrinted) write("stdout", `${jsonText(summaryOf(view), 2)}\n`);
    isPrinted = true;
  };
  return {
    handle(envelope: Envelope): void {
      view.apply(envelope);
      if (envelope.event.type === "run-finished") print();
    },
    close: print,
  };
}
