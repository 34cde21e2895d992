import { warningOf, type Diagnostic } from "@symbiotic-build/engine";
import { z } from "zod";
import { locationIn } from "../issues/text/place.ts";
import type { PlannedIssue } from "./planned-issue.ts";
import type { Told } from "./review-doc.ts";
import { stepId } from "./step-ids.ts";

/**
 * The document with the boxes ticked that evidence shows: one that names commands, where each of them passed in the last round; all others
 * where the issue passed. Nothing else is changed, and no box is cleared.
 */
export function tickedBy({ issue, text }: PlannedIssue, told: Told): string {
  const passed = passedCommands(issue, told);
  const lines = text.split("\n");
  const shown = issue.checkboxes.filter(({ isChecked, mark }) => {
    if (isChecked) return false;
    const line = lines[mark.at.line - 1] ?? "";
    const named = issue.verification.map((each) => each.value).filter((command) => line.includes(`\`${command}\``));
    return named.length > 0 ? named.every((each) => passed.has(each)) : told.outcome.state === "passed";
  });
  for (const { mark } of shown) {
    const line = lines[mark.at.line - 1];
    if (line === undefined) continue;
    const at = mark.at.column - 1;
    lines[mark.at.line - 1] = `${line.slice(0, at)}x${line.slice(at + 1)}`;
  }
  return lines.join("\n");
}

/** Whether a text is the document of the plan, whatever boxes are ticked in it. */
export function isSameDocument({ issue, text }: PlannedIssue, other: string | null): boolean {
  return other !== null && (other === text || withoutTicks(issue, other) === withoutTicks(issue, text));
}

function withoutTicks({ checkboxes }: PlannedIssue["issue"], text: string): string {
  const lines = text.split("\n");
  for (const { mark } of checkboxes) {
    const line = lines[mark.at.line - 1] ?? "";
    const at = mark.at.column - 1;
    lines[mark.at.line - 1] = `${line.slice(0, at)} ${line.slice(at + 1)}`;
  }
  return lines.join("\n");
}

/** That boxes stay as they are, since the branch has another document, or none; undefined where there are none to tick. */
export function untickable(planned: PlannedIssue, other: string | null): Diagnostic | undefined {
  const { issue } = planned;
  const box = issue.checkboxes.find(({ isChecked }) => !isChecked);
  if (box === undefined || isSameDocument(planned, other)) return undefined;
  const what = other === null ? "has no such document" : "has another text of it";
  return warningOf("SYM9370", `no box of ${issue.id.value} is ticked: its branch ${what}`, {
    location: locationIn(issue.path, box.mark.at),
    hint: "the loop reads documents of your tree and ticks those of the branch: commit it before the issue is run",
  });
}

const ran = z.array(z.object({ command: z.string(), status: z.string() }));

/** The commands that passed when the issue was verified last. */
function passedCommands(issue: PlannedIssue["issue"], { ends, settings }: Told): ReadonlySet<string> {
  for (let round = settings.fixes + 1; round > 0; round -= 1) {
    // What was worked on last is what evidence is about.
    const worked = ends(stepId(issue, round === 1 ? "develop" : `fix_${round - 1}`));
    if (worked?.status !== "ok") continue;
    const read = ran.safeParse(ends(stepId(issue, `verify_${round}`))?.data["commands"]);
    if (!read.success) return new Set();
    return new Set(read.data.filter(({ status }) => status === "pass").map(({ command }) => command));
  }
  return new Set();
}
