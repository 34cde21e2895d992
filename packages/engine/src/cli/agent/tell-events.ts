import { isAbsolute, relative, sep } from "node:path";
import type { AgentEvent } from "../../plugin/agent.ts";

const WIDTH = 100;

/** Tells what an agent does while it does it, a line each; what it only thinks or counts is not told. */
export function tellEvents(say: (line: string) => void, root: string): (event: AgentEvent) => void {
  return (event) => {
    const line = lineOf(event, root);
    if (line !== undefined) say(`  ${line}`);
  };
}

function lineOf(event: AgentEvent, root: string): string | undefined {
  switch (event.type) {
    case "text":
      return shortened(event.text);
    case "command":
      return `ran     ${shortened(event.command)}${event.exitCode === null || event.exitCode === 0 ? "" : `   exit code ${String(event.exitCode)}`}`;
    case "file-change":
      return `${event.change === "deleted" ? "removed" : event.change === "added" ? "made   " : "edited "} ${within(event.path, root)}`;
    case "denied":
      return `denied  ${event.tool}: ${shortened(event.reason)}`;
    case "retry":
      return `again   ${shortened(event.reason)}${event.delayMs === undefined ? "" : `   in ${(event.delayMs / 1000).toFixed(1)} s`}`;
    case "parked":
      return `parked  a usage limit is reached; it goes on at ${event.until}`;
    case "model":
    case "note":
    case "session":
    case "tool-use":
    case "usage":
      return undefined;
  }
}

/** The first line with something on it, no longer than a screen is wide. */
function shortened(text: string): string {
  const first = text.trim().split("\n")[0] ?? "";
  return first.length > WIDTH ? `${first.slice(0, WIDTH - 1)}…` : first;
}

function within(path: string, root: string): string {
  const way = isAbsolute(path) ? relative(root, path) : path;
  return way.startsWith("..") ? path : way.split(sep).join("/");
}
