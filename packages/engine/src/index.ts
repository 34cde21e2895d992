/** The engine's public API: what plugins and configurations are written with. */
export { errorOf, warningOf, type Diagnostic, type Location } from "./core/diagnostic.ts";
export { countLines, intersection, parseRanges, rangesOf, rangesText, type LineRange } from "./core/line-ranges.ts";
export type { Evidence, Finding, FindingRange, LineCoverage, Metric, TestOutcome } from "./core/evidence.ts";
export type { Envelope, RunEvent } from "./core/event.ts";
export { byCodeUnit, canonicalJson, type JsonValue } from "./core/json.ts";
export type { Lane } from "./core/lane.ts";
export { ancestors, isInside, joinRepo, parentOf, relativeTo, type RepoPath } from "./core/path.ts";
export { fail, ok, type Result } from "./core/result.ts";
export { branchOf } from "./worktree/safe-name.ts";
export { formatTaskId, type Subject, type TaskId } from "./core/task-id.ts";
export type { TaskStatus, Verdict } from "./core/status.ts";
export type {
  Agent,
  AgentBudget,
  AgentCommand,
  AgentContext,
  AgentEnd,
  AgentEvent,
  AgentFinish,
  AgentFollows,
  AgentLine,
  AgentProcess,
  AgentRequest,
  AgentSignIn,
  AgentTool,
  AgentUsage,
  JsonSchema,
  UsageEvent,
} from "./plugin/agent.ts";
export type { AgentAsk } from "./plugin/agent-ask.ts";
export type {
  AgentAtom,
  Applies,
  Atom,
  Batch,
  Batched,
  Command,
  CommandAtom,
  CommandContext,
  CommandResult,
  Context,
  FunctionAtom,
  Inputs,
  Io,
  Outcome,
  Parts,
  PerProject,
  Resources,
  Settled,
} from "./plugin/atom.ts";
export type { Derived, DerivedAtom, NarrowedAtom } from "./plugin/derived.ts";
export type { PartRecord, ServedParts } from "./plugin/parts.ts";
export type { Change, ChangedSource } from "./plugin/change.ts";
export type { Discovery, Gate, GateDecision, GateInput, Inspect, PluginSpec } from "./plugin/contract.ts";
export type {
  DraftRequest,
  Operation,
  PassedVerification,
  Platform,
  PlatformCommand,
  PlatformContext,
  PlatformEnd,
  PlatformFailure,
  PlatformSettings,
  PlatformSignIn,
  PlatformTool,
  PullOperations,
  PullQuery,
  PullRequest,
  PullUpdate,
  StackBranch,
  StackOperations,
  StackPull,
  StackState,
  SubmittedPull,
} from "./plugin/platform.ts";
export type {
  CommandAnswer,
  CommandIo,
  CommandSpec,
  KeptStep,
  KeptWorkflow,
  OfferedCommand,
  OptionSpec,
  Parsed,
  WorkflowOptions,
  WorkflowRan,
} from "./plugin/command.ts";
export type {
  AskInTree,
  Before,
  CloseTree,
  OpenTree,
  PlacedFinding,
  Publish,
  RunCommands,
  RunTargets,
  Step,
  StepEnd,
  StepFound,
  StepProgress,
  StepWork,
  Workflow,
  WriteFiles,
} from "./plugin/workflow.ts";
export type { IssuesSetting } from "./config/issues-schema.ts";
export type { FoundProject, Project, SourceText } from "./plugin/project.ts";
export type { AtomOverride, AtomSetting, CommandAtoms } from "./config/atom-schema.ts";
export { withOverride } from "./config/merge.ts";
export { defineConfig, type Config } from "./config/define-config.ts";
export { matchesFilter } from "./graph/selection.ts";
export { closureDigests, type ClosureDigest, type LockedPackage } from "./plugin/closure-digests.ts";
export { definePlugin, type NamedPlugin, type PluginUse } from "./plugin/define-plugin.ts";
export type { EnvironmentCandidate, ResolvedTool, ToolInstall, ToolSpec } from "./plugin/tool.ts";
