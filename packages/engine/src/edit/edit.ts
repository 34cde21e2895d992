import type { AgentResult, Drive, SessionTotals } from "../agent/drive.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import type { Host } from "../fingerprint/tool/host.ts";
import type { AppliedFile } from "../guard/apply/apply-changes.ts";
import type { AuditRun } from "../guard/audit/audit-run.ts";
import type { Policy } from "../guard/policy/policy.ts";
import type { FileChange } from "../guard/diff/file-change.ts";
import type { Violation } from "../guard/violation.ts";
import type { Checked, RunChecks } from "./checked.ts";
import type { MoveEnvironments } from "./installed.ts";
import type { Manifest } from "./manifest.ts";
import type { Foreign } from "./prompt.ts";
import type { AgentEvent, JsonSchema } from "../plugin/agent.ts";
import type { Repository } from "../workspace/git/repository.ts";

/** What an agent is to do in a copy of the user's tree, and all that doing it takes. */
export interface EditRequest
  extends Pick<
    Drive,
    "agent" | "options" | "tool" | "node" | "groups" | "redactor" | "prices" | "retries" | "clock" | "waitMs"
  > {
  /** What people type: `claude`. */
  readonly name: string;
  readonly repository: Repository;
  /** The commit whose configuration of agents counts. */
  readonly base: string | null;
  /** What is asked, in words of the user. */
  readonly task: string;
  /** What others wrote and the task is about: it is told apart from the task, as data. */
  readonly foreign?: readonly Foreign[];
  /** What it answers when it is done; a manifest of its change where it is not said. */
  readonly reply?: JsonSchema;
  /** Told what will be applied, before any of it is. */
  readonly beforeApplied?: (coming: Pick<EditResult, "agent" | "files">) => void;
  /** What the change has to pass before it is applied; what they find goes back to the agent, in so many rounds at most. */
  readonly checks?: { readonly run: RunChecks; readonly rounds: number };
  readonly policy: Policy;
  readonly model?: string;
  readonly resume?: { readonly session: string; readonly totals?: SessionTotals };
  readonly host: Host;
  readonly moveEnvironments: MoveEnvironments;
  /** Absolute; for scratch trees and the homes of agents. */
  readonly place: string;
  /** Absolute; where what is kept of the session goes. */
  readonly logFolder: string;
  /** A file name that no other edit has. */
  readonly id: string;
  /** It runs where no sandbox holds it. */
  readonly unsandboxed: boolean;
  /** Nothing is applied. */
  readonly isDry: boolean;
  /** It works in the user's tree itself, which is put back where its change is not accepted. */
  readonly isInPlace?: boolean;
  /** Where what becomes of it is written down; whoever opened it closes it. */
  readonly audit: AuditRun;
  readonly on: (event: AgentEvent) => void;
  readonly signal: AbortSignal;
}

/** What became of a tree in which an agent worked. */
export interface InPlaceResult {
  /** It is what it was before; otherwise the change is in it, or it could not be put back. */
  readonly isPutBack: boolean;
  /** Where what was moved out of it lies now, from the repository root: what git ignores, and where it was put back all that was different. */
  readonly moved: readonly RepoPath[];
}

/** What came of it. */
export interface EditResult {
  readonly agent: AgentResult;
  /** What the agent says that it did, where it came to say so. */
  readonly manifest?: Manifest;
  /** Whether what its session had changed before was put into the copy; absent where there was nothing. */
  readonly broughtBack?: boolean;
  readonly changes: readonly FileChange[];
  /** The same with the bytes of both sides. */
  readonly files: readonly AppliedFile[];
  /** Why none of it may be applied. */
  readonly violations: readonly Violation[];
  /** What the checks said last, and in which round. */
  readonly checked?: Checked & { readonly round: number };
  /** Whether the change is in the user's tree. */
  readonly isApplied: boolean;
  /** What became of the user's tree where the agent worked in it. */
  readonly inPlace?: InPlaceResult;
  /** Why it is not, beside violations. */
  readonly problem?: Diagnostic;
  /** The number of its last entry in the audit log. */
  readonly entry?: number;
  /** Absolute: the difference, where there is one. */
  readonly patch?: string;
  readonly sandbox: "bubblewrap" | "none";
}
