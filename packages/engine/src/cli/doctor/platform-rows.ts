import type { Diagnostic } from "../../core/diagnostic.ts";
import { createProcessGroups } from "../../execute/process-groups.ts";
import { unfitPlace } from "../../platform/unfit-place.ts";
import type { CallTools } from "../agent/ask-agent.ts";
import { callRedactor } from "../agent/edit-request.ts";
import { namedPlatform } from "../workflow/platforms-for.ts";

/** A platform that the configuration names, as it is here. A type and not an interface: it is JSON. */
export type PlatformRow = {
  readonly platform: string;
  /** `null` where its tool cannot be used. */
  readonly version: string | null;
  /** The program, or what is missing and what to do. */
  readonly origin: string;
};

/** What there is of each of the platforms. Asks nobody outside this machine. */
export async function platformRows(names: readonly string[], tools: CallTools): Promise<readonly PlatformRow[]> {
  const groups = createProcessGroups();
  const { context, opened } = tools;
  const place = { ...tools, groups, redactor: callRedactor(context) };
  const rows: PlatformRow[] = [];
  for (const name of names) {
    const found = await namedPlatform(name, opened.repository.root, place);
    const unfit = found.ok ? unfitPlace(found.value.host) : undefined;
    if (found.ok && unfit === undefined)
      rows.push({ platform: name, version: found.value.version, origin: found.value.host.program });
    else rows.push({ platform: name, version: null, origin: toldOf(found.ok ? unfit : found.error[0]) });
  }
  await groups.terminateAll();
  groups.close();
  return rows;
}

function toldOf(problem: Diagnostic | undefined): string {
  const { code = "", message = "", hint = "" } = problem ?? {};
  return `${code} ${message}: ${hint}`;
}
