import { fileURLToPath } from "node:url";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { canonicalJson, type JsonValue } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { NamedPlugin } from "../plugin/define-plugin.ts";
import { HookFailure } from "../plugin/hook-failure.ts";
import { moduleDigest } from "../plugin/identity.ts";
import { isPlain, optionsNotJson, type LoadedPlugin, type PluginProblem } from "../plugin/load.ts";
import { ENGINE, packageDigest, packageOf } from "../plugin/module-graph.ts";
import { createAnswers, type Answers, type Keep } from "./answers.ts";
import { sha256 } from "./argument-digest.ts";
import { createAskHook, createSession, type Session } from "./ask-hooks.ts";
import { createAsker, type Asker } from "./ask-now.ts";
import { changedPlugin, printedWarning, type Culprit } from "./failures.ts";
import type { Answer, Isolated } from "./question.ts";
import { areUnchanged } from "./seen-modules.ts";
import { standIn } from "./stand-in.ts";

/** A plugin that is to be isolated, and where its answers are kept between runs. */
export interface IsolatedUse {
  /** What the configuration says of it. */
  readonly named: NamedPlugin;
  /** The URL of its main module, or of the configuration that lists it. */
  readonly url: string;
  /** Which of those that are listed there. */
  readonly index?: number;
  /** Opens what is kept under a name. */
  readonly keep: (name: string) => Keep;
}

type Loaded = Result<LoadedPlugin, readonly PluginProblem[]>;
type Described = Extract<Answer, { kind: "described" }>;

/** Gives a plugin without importing it: what it offers is data, and its hooks are asked in a process of its own, if they were not asked before. */
export function loadIsolated({ named, url, index, keep }: IsolatedUse): Loaded {
  const { options = null } = named;
  if (!isPlain(options)) return fail([{ kind: "diagnostic", diagnostic: optionsNotJson(named.use) }]);
  const culprit = culpritOf(named);
  const listed = index === undefined ? {} : { index };
  const plugin: Isolated = { url, ...listed, options: options as JsonValue };
  const code = codeAt(url);
  const base = sha256(canonicalJson([plugin, code, engineVersion()]));
  const host = hostOf(index === undefined ? url : `${url}#${String(index)}`, {
    base,
    memoryMb: culprit.limits.memoryMb,
    keep,
  });
  const session = createSession({ plugin, culprit, asker: host.asker });
  const part: Part = { base, code, url, listed, culprit, host, session };
  const known = keptDescription(part) ?? describedNow(part);
  return known.ok ? ok(loaded(known.value, part)) : known;
}

/** A plugin on its way. */
interface Part {
  /** A digest of its options and of its code, as far as that is known without importing it. */
  readonly base: string;
  readonly code: JsonValue;
  readonly url: string;
  readonly listed: Pick<Isolated, "index">;
  readonly culprit: Culprit;
  readonly host: Host;
  readonly session: Session;
}

function loaded({ described, options, identity, modules }: Described, part: Part): LoadedPlugin {
  const { url, listed, session, host, culprit } = part;
  const base = sha256(`${part.base}\n${canonicalJson(modules)}`);
  const ask = createAskHook((call) => session.hook(call, identity), { base, answers: host.answers });
  return {
    name: described.name,
    spec: standIn(described, ask),
    options,
    identity,
    ref: { kind: "isolated", url, digest: moduleDigest(url), memoryMb: culprit.limits.memoryMb, ...listed },
    notices: () => {
      // Of one that a configuration lists it cannot be told who printed: that is evaluated in the same process.
      const printed = listed.index === undefined ? session.printed() : 0;
      return printed === 0 ? [] : [printedWarning(printed, culprit)];
    },
  };
}

function culpritOf({ use, limits = {} }: NamedPlugin): Culprit {
  const { loadMs = 30_000, hookMs = 10_000, memoryMb = 512 } = limits;
  return { use, limits: { loadMs, hookMs, memoryMb } };
}

/** What can be said of a plugin's code without importing it: of an installed package, all of its own. */
function codeAt(url: string): JsonValue {
  const owner = packageOf(fileURLToPath(url));
  const entry = moduleDigest(url);
  if (owner?.installed !== true) return [entry];
  return [entry, owner.name, owner.version, packageDigest(owner.directory)];
}

function engineVersion(): string {
  const engine = ENGINE === undefined ? undefined : packageOf(`${ENGINE}/package.json`);
  return engine?.version ?? "";
}

function keptDescription({ base, host }: Part): { readonly ok: true; readonly value: Described } | undefined {
  const text = host.answers.get(`describe ${base}`);
  if (text === undefined) return undefined;
  // Nothing but this function's other half writes under this key, and what keeps it checks that it is whole.
  const value = JSON.parse(text) as Described;
  return areUnchanged(value.modules) ? ok(value) : undefined;
}

function describedNow({ base, code, url, host, session, culprit }: Part): Result<Described, readonly PluginProblem[]> {
  // A process that is there may have imported what the modules were before.
  host.asker.close();
  try {
    const answer = session.describe();
    if (answer.kind === "refused") return fail(answer.problems);
    if (answer.kind !== "described") throw new Error(`a process described a plugin by ${answer.kind}`);
    if (!areUnchanged(answer.modules) || canonicalJson(codeAt(url)) !== canonicalJson(code))
      return fail([{ kind: "diagnostic", diagnostic: changedPlugin(culprit) }]);
    host.answers.set(`describe ${base}`, JSON.stringify(answer));
    return ok(answer);
  } catch (thrown) {
    if (!(thrown instanceof HookFailure)) throw thrown;
    return fail([{ kind: "diagnostic", diagnostic: unloadable(thrown.diagnostic) }]);
  }
}

/** The same trouble, at another stage: without the plugin there is no configuration. */
function unloadable({ message, hint }: Diagnostic): Diagnostic {
  return errorOf("SYM1307", message, hint === undefined ? {} : { hint });
}

/** What a plugin is asked by, and what it has answered. */
interface Host {
  /** What it is and what it may take: for other code another process is needed. */
  readonly of: string;
  readonly asker: Asker;
  readonly answers: Answers;
}

/** By where answers are kept. Whoever opens a repository again and again has one process and one store a plugin. */
const hosts = new Map<string, Host>();

const IDLE_MS = 10_000;

function hostOf(
  place: string,
  { base, memoryMb, keep }: { readonly base: string; readonly memoryMb: number; readonly keep: IsolatedUse["keep"] },
): Host {
  const name = sha256(place).slice(0, 16);
  const of = `${base} ${String(memoryMb)}`;
  const before = hosts.get(name);
  if (before?.of === of) return before;
  before?.asker.close();
  if (hosts.size === 0) process.once("exit", saveAnswers);
  const answers = before?.answers ?? createAnswers(keep(`plugin-${name}`));
  const script = import.meta.url.endsWith(".ts") ? "./hook-child.ts" : "./hook-child.js";
  const filename = fileURLToPath(new URL(script, import.meta.url));
  const host = { of, answers, asker: createAsker({ filename, name: "answer", memoryMb, idleMs: IDLE_MS }) };
  hosts.set(name, host);
  return host;
}

/** Hooks are asked at any time until the process ends; what is lost when it is killed is asked again. */
function saveAnswers(): void {
  for (const { answers } of hosts.values()) answers.save();
}
