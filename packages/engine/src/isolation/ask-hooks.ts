import type { Diagnostic } from "../core/diagnostic.ts";
import { HookFailure } from "../plugin/hook-failure.ts";
import type { Project } from "../plugin/project.ts";
import type { PluginIdentity } from "../plugin/identity.ts";
import { argumentsText, sha256, valueText } from "./argument-digest.ts";
import type { Answers } from "./answers.ts";
import type { Asker } from "./ask-now.ts";
import { changedPlugin, givenUp, lostDiagnostic, unusableAnswer, type Culprit } from "./failures.ts";
import type { Answer, HookCall, Isolated, Question } from "./question.ts";

/** One plugin, and by what it is asked. */
export interface Subject {
  readonly plugin: Isolated;
  readonly culprit: Culprit;
  readonly asker: Asker;
}

/** Asks one plugin. Both throw `HookFailure` where there is no answer. */
export interface Session {
  describe(): Answer;
  /** `identity`: what the plugin was when it was described. */
  hook(call: HookCall, identity: PluginIdentity): Answer;
  /** How many bytes the plugin printed while it was asked. */
  printed(): number;
}

/** Asks until a process of the plugin is lost: from then on it is not asked again, so that it costs its time once. */
export function createSession({ plugin, culprit, asker }: Subject): Session {
  let first: Diagnostic | undefined;
  let printed = 0;
  const ask = (question: Question, what: string): Answer => {
    if (first !== undefined) throw new HookFailure(givenUp(first, what, culprit));
    const answered = asker.ask(question, culprit.limits);
    if ("value" in answered) {
      printed += answered.printed;
      return usable(answered.value as Answer, what, culprit);
    }
    first = lostDiagnostic(answered.loss, what, culprit);
    throw new HookFailure(first);
  };
  return {
    describe: () => ask({ plugin, kind: "describe" }, "what it offers"),
    hook: (call, identity) => ask({ plugin, kind: "hook", identity, ...call }, call.hook.join(".")),
    printed: () => printed,
  };
}

function usable(answer: Answer, what: string, culprit: Culprit): Answer {
  if (answer.kind === "unusable") throw new HookFailure(unusableAnswer(answer.message, what, culprit));
  if (answer.kind === "changed") throw new HookFailure(changedPlugin(culprit));
  return answer;
}

/** Gives what a hook answers to these arguments. */
export type AskHook = (hook: readonly string[], args: readonly unknown[]) => unknown;

/** A hook that looks at `upstream` is told it the second time; this stands for its first answer. */
const WANTS_UPSTREAM = "upstream";

/** Whether a hook is given no context of its own but the plugin's params, decisions, or the contexts of many tasks: these go as they are. */
function isContextFree(hook: readonly string[], [first]: readonly unknown[]): boolean {
  return hook.at(-1) === "narrow" || hook.at(-1) === "total" || Array.isArray(first);
}

/**
 * Answers from what is kept, else from a process. `base`: a text for the plugin's code and options. Throws what the hook
 * throws, and `HookFailure` where there is no answer.
 */
export function createAskHook(
  session: (call: HookCall) => Answer,
  { base, answers }: { readonly base: string; readonly answers: Answers },
): AskHook {
  const parsed = new Map<string, unknown>();
  const ask = (call: HookCall, key: string): unknown => {
    if (parsed.has(key)) return parsed.get(key);
    const text = answers.get(key) ?? store(session(call), key, answers);
    const value: unknown = text === WANTS_UPSTREAM ? WANTS_UPSTREAM : valueOf(text);
    parsed.set(key, value);
    return value;
  };
  return (hook, args) => {
    const call = callOf(hook, args);
    const leftOut = isContextFree(hook, args) ? [] : ["options", "upstream"];
    const text = [base, hook.join("\0"), argumentsText(args, leftOut)].join("\n");
    const value = ask(call, sha256(text));
    if (value !== WANTS_UPSTREAM) return value;
    const upstream = (args[0] as { readonly upstream: readonly Project[] }).upstream;
    return ask({ ...call, upstream }, sha256(`${text}\n${valueText(upstream)}`));
  };
}

function store(answer: Answer, key: string, answers: Answers): string {
  if (answer.kind === "threw") throw new Error(answer.message);
  if (answer.kind === "wants-upstream") {
    answers.set(key, WANTS_UPSTREAM);
    return WANTS_UPSTREAM;
  }
  const text = answer.kind === "given" && answer.text !== undefined ? `=${answer.text}` : "";
  answers.set(key, text);
  return text;
}

function valueOf(text: string): unknown {
  return text === "" ? undefined : JSON.parse(text.slice(1));
}

function callOf(hook: readonly string[], args: readonly unknown[]): HookCall {
  const [first, ...rest] = args;
  if (isContextFree(hook, args) || typeof first !== "object" || first === null)
    return { hook, args, hasOptions: false };
  const members = Object.keys(first).filter((name) => name !== "options" && name !== "upstream");
  const context = first as Readonly<Record<string, unknown>>;
  return {
    hook,
    args: [Object.fromEntries(members.map((name) => [name, context[name]])), ...rest],
    hasOptions: "options" in first,
    ...("upstream" in first ? { upstream: "untold" as const } : {}),
  };
}
