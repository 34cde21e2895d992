import type { AgentRole, GuardRules } from "../../config/guard-schema.ts";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { Foreign } from "../../edit/prompt.ts";
import type { JsonSchema } from "../../plugin/agent.ts";
import type { Parsed } from "../../plugin/command.ts";

/** What an agent is asked for, and how. */
export interface Asked extends AskedByFlags {
  readonly task: string;
  readonly role: AgentRole;
  /** What others wrote and it is about. */
  readonly foreign: readonly Foreign[];
  /** The id of the task of the graph that it is, where it is one. */
  readonly of?: string;
  /** What it answers when it is done, in place of the manifest of its change. */
  readonly reply?: JsonSchema;
  /** Targets and atoms that have to pass before anything is applied. */
  readonly checks: readonly string[];
}

/** What flags say of it. */
export interface AskedByFlags {
  /** Its name, or `auto`. */
  readonly agent?: string;
  readonly model?: string;
  /** Globs of the only files that it may write. */
  readonly files?: readonly string[];
  /** How often it may try to pass the checks. */
  readonly rounds?: number;
  /** In place of what the policy says. */
  readonly budget: NonNullable<GuardRules["budget"]>;
  readonly session?: string;
  /** How long it may wait for a usage limit to be reset. */
  readonly waitMinutes?: number;
  readonly unsandboxed: boolean;
  readonly isDry: boolean;
  /** It works in the user's tree itself. */
  readonly isInPlace?: boolean;
  /** The branch that its change is committed on. */
  readonly branch?: string;
}

/** Reads the flags of commands that ask an agent. */
export function askedByFlags({ values, lists, flags }: Parsed): Result<AskedByFlags, Diagnostic> {
  const usd = values.get("usd");
  if (usd !== undefined && !(Number(usd) > 0))
    return fail(errorOf("SYM2017", `--usd is \`${usd}\`: a number above 0 is expected`, { hint: "as in --usd 0.50" }));
  const number = (name: string): number | undefined => (values.has(name) ? Number(values.get(name)) : undefined);
  const text = <N extends string>(name: N, value: string | undefined): { readonly [name in N]?: string } =>
    value === undefined ? {} : ({ [name]: value } as { readonly [name in N]?: string });
  const [allowed, rounds, waitMinutes] = [lists.get("allow"), number("rounds"), number("wait")];
  return ok({
    ...text("agent", values.get("agent")),
    ...text("model", values.get("model")),
    ...text("session", values.get("resume")),
    ...text("branch", values.get("branch")),
    ...(allowed === undefined ? {} : { files: allowed.flatMap(withAllBelow) }),
    ...(rounds === undefined ? {} : { rounds }),
    ...(waitMinutes === undefined ? {} : { waitMinutes }),
    budget: { usd: number("usd"), turns: number("turns"), tokens: number("tokens"), seconds: number("timeout") },
    unsandboxed: flags.has("unsandboxed"),
    isDry: flags.has("dry-run"),
    ...(flags.has("in-place") ? { isInPlace: true } : {}),
  });
}

/** `src` means the file of this name and all that lies in a folder of this name. */
function withAllBelow(path: string): readonly string[] {
  const plain = path.replace(/^\.\//, "").replace(/\/+$/, "");
  return /[*?[{]/.test(plain) ? [plain] : plain === "." || plain === "" ? ["**"] : [plain, `${plain}/**`];
}
