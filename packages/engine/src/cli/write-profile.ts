import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { criticalPath } from "../report/critical-path.ts";
import { jsonText } from "../report/json-text.ts";
import { profileOf } from "../report/profile.ts";
import { readEvents } from "../report/read-events.ts";
import { timelineOf } from "../report/timeline.ts";
import { traceOf } from "../report/trace.ts";

/** Writes what is made of a run's events beside them. Throws what the file system throws. */
export function writeProfile(directory: string): void {
  const timeline = timelineOf(readEvents(directory));
  const path = criticalPath(timeline);
  writeFileSync(join(directory, "trace.json"), `${jsonText(traceOf(timeline, path))}\n`);
  writeFileSync(join(directory, "profile.md"), profileOf(timeline, path));
}
