import type { JsonValue } from "../core/json.ts";
import type { ProcessGroups } from "../execute/process-groups.ts";
import type { Platform } from "../plugin/platform.ts";
import type { Redactor } from "../redact/redact.ts";

/** A platform that was found, and all that asking it needs from outside. */
export interface PlatformHost {
  readonly platform: Platform;
  /** The plugin's, parsed. */
  readonly options: JsonValue;
  /** The tool, absolute. */
  readonly program: string;
  /** The root of the work tree that it is asked about, absolute. */
  readonly root: string;
  /** The git directory that all work trees share, absolute. */
  readonly commonDir: string;
  /** The whole environment of its processes; see `platformEnvironment`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly redactor: Redactor;
  readonly groups: ProcessGroups;
  /** Of one operation. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}
