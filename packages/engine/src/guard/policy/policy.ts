import { hash } from "node:crypto";
import type { AgentRole, GuardRules, GuardSetting } from "../../config/guard-schema.ts";
import { mergedRules } from "../../config/merge-guard.ts";
import { byCodeUnit, canonicalJson } from "../../core/json.ts";
import type { RepoPath } from "../../core/path.ts";
import type { CommandRules } from "../commands/command-rules.ts";
import { DENIED_COMMANDS, ENGINE_COMMANDS, METACHARACTERS } from "../commands/denied.ts";
import type { OwnPattern } from "../patterns/denylist.ts";
import { EXTENSIONS, MAX_FILE_BYTES, MAX_FILES, ROLE_DEFAULTS } from "./defaults.ts";
import { PROTECTED, SEALED } from "./protected.ts";

/** How much one call of an agent may use; what is absent has no bound. */
export interface Budget {
  readonly usd?: number;
  readonly turns?: number;
  readonly tokens?: number;
  readonly milliseconds: number;
}

/** All that an agent may do, as data: JSON, the same wherever it was made. */
export interface Policy {
  readonly role: AgentRole;
  /** Globs of the files that may be written. */
  readonly write: readonly string[];
  /** Of those only what these mean, too; `null`: all. */
  readonly only: readonly string[] | null;
  /** Globs that nothing gives free. */
  readonly sealed: readonly string[];
  readonly protect: readonly string[];
  readonly unprotect: readonly string[];
  /** Where the baseline of findings lies. */
  readonly baseline: RepoPath;
  readonly commands: CommandRules;
  /** Endings with their dot, names without one, `*` for all. */
  readonly extensions: readonly string[];
  readonly maxFileBytes: number;
  readonly maxFiles: number;
  readonly symlinks: boolean;
  readonly network: boolean;
  readonly patterns: {
    readonly off: readonly string[];
    readonly own: readonly (OwnPattern & { readonly files: readonly string[] })[];
  };
  readonly budget: Budget;
}

/** What a policy is made from. */
export interface PolicyRequest {
  readonly role: AgentRole;
  /** The configuration's `guard`. */
  readonly setting?: GuardSetting | undefined;
  /** Globs of the only files that this call is about. A reviewer writes nothing else, and nothing at all without it. */
  readonly files?: readonly string[];
  /** Further globs to protect, such as `protectedConfigs` gives. */
  readonly protect?: readonly string[];
  /** Where the baseline of findings lies; at its usual place where it is not said. */
  readonly baseline?: RepoPath;
}

/** The policy of one call of an agent. Pure. */
export function policyFor({ role, setting = {}, files, protect = [], baseline }: PolicyRequest): Policy {
  const { roles, ...common } = setting;
  const rules = mergedRules(common, roles?.[role] ?? {});
  const usual = ROLE_DEFAULTS[role];
  const needsFiles = usual.needsFiles && rules.write === undefined;
  return {
    role,
    write: rules.write ?? usual.write,
    only: files ?? (needsFiles ? [] : null),
    sealed: SEALED,
    protect: unique([...PROTECTED, ...(rules.protect ?? []), ...protect]),
    unprotect: rules.unprotect ?? [],
    baseline: baseline ?? "symbiotic.baseline.json",
    commands: commandRules(rules, usual.allow),
    extensions: rules.extensions?.map((each) => each.toLowerCase()) ?? EXTENSIONS,
    maxFileBytes: rules.maxFileBytes ?? MAX_FILE_BYTES,
    maxFiles: rules.maxFiles ?? MAX_FILES,
    symlinks: rules.symlinks ?? false,
    network: rules.network ?? false,
    patterns: patternsOf(rules.patterns ?? {}),
    budget: budgetOf(rules.budget ?? {}, usual.milliseconds),
  };
}

/** What a policy is told by in records: policies with equal digests allow the same. */
export function policyDigest(policy: Policy): string {
  return hash("sha256", canonicalJson(policy), "hex");
}

function commandRules({ commands = {}, metacharacters }: GuardRules, usual: readonly string[] | null): CommandRules {
  const permit = unique((commands.permit ?? []).map((each) => each.trim().toLowerCase()));
  const denied = [...DENIED_COMMANDS, ...ENGINE_COMMANDS].filter((each) => !permit.includes(each));
  return {
    allow: commands.allow ?? usual,
    deny: unique([...denied, ...(commands.deny ?? []).map((each) => each.trim().toLowerCase())]),
    permit,
    metacharacters: metacharacters ?? METACHARACTERS,
  };
}

function patternsOf(patterns: NonNullable<GuardRules["patterns"]>): Policy["patterns"] {
  const entries = Object.entries(patterns).sort(([a], [b]) => byCodeUnit(a, b));
  return {
    off: entries.flatMap(([name, pattern]) => (pattern === false ? [name] : [])),
    own: entries.flatMap(([name, pattern]) =>
      pattern === false
        ? []
        : [
            {
              name,
              text: pattern.text,
              says: pattern.message ?? `holds \`${pattern.text}\``,
              files: pattern.files ?? ["**"],
            },
          ],
    ),
  };
}

function budgetOf({ seconds, ...rest }: NonNullable<GuardRules["budget"]>, usual: number): Budget {
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...said, milliseconds: seconds === undefined ? usual : Math.round(seconds * 1000) };
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
