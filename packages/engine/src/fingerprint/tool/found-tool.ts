import type { ResolvedTool } from "../../plugin/tool.ts";
import type { ToolIdentity } from "./identity.ts";

/** A tool that was found, with all that running it and keying it takes. */
export interface FoundTool {
  readonly resolved: ResolvedTool;
  /** The absolute path for each token of `resolved.argv`; for this machine only, in no key. */
  readonly substitutions: Readonly<Record<string, string>>;
  /** How a person would type it, from the repository root. */
  readonly display: readonly string[];
  /** What goes into the fingerprint. */
  readonly identity: ToolIdentity;
}
