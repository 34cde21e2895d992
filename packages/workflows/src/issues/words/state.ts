/** What a state says of an issue: it is to be done, it waits by somebody's decision, it is done, or nobody will do it. */
export type StateKind = "open" | "paused" | "done" | "cancelled";

const STATES: Readonly<Record<StateKind, string>> = {
  open:
    "todo backlog open opened reopened new ready readyfordev readytostart planned proposed draft triage queued pending next " +
    "upnext notstarted unstarted inprogress progress started active doing wip working indevelopment inreview review " +
    "reviewing needsreview codereview testing inqa qa blocked changesrequested accepted approved scheduled",
  paused: "paused onhold hold deferred postponed icebox someday parked",
  done: "done closed complete completed finished resolved fixed merged shipped released implemented delivered landed",
  cancelled:
    "cancelled canceled cancel duplicate wontfix wontdo willnotfix abandoned rejected dropped obsolete invalid superseded " +
    "declined notplanned",
};

const KINDS = new Map(
  (Object.keys(STATES) as StateKind[]).flatMap((kind) => STATES[kind].split(" ").map((word) => [word, kind] as const)),
);

/** What a state means in any case and spelling, `In-Progress` or `in_progress`; undefined where nobody knows the word. */
export function kindOfState(text: string): StateKind | undefined {
  return KINDS.get(text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
}
