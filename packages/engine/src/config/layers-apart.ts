import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { because } from "../isolation/failures.ts";
import type { Loss } from "../isolation/messages.ts";
import { createRemote, LostProcess } from "../isolation/run-remote.ts";
import { evaluated, type EvaluatedLayer } from "./evaluated.ts";
import { CONFIG_PLACES, isFile, type FoundConfig } from "./find.ts";
import { findMain, type ConfigPlace } from "./find-layers.ts";

/** How a configuration is evaluated in a process of its own. */
export interface Apart {
  /** What the process is started with. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds that it may take; 30,000 where it is not said. */
  readonly limitMs?: number;
}

type Layers = Result<readonly FoundConfig[], readonly Diagnostic[]>;

const LIMIT_MS = 30_000;
const MEMORY_MB = 512;
const MODULE = /\.[cm]?[jt]s$/;

/**
 * The same as `findLayers`, and no module of the configuration is imported here: a process of its own evaluates it and says
 * what it found. What ends that process, keeps it silent or is no data is an error with a name.
 */
export async function findLayersApart(place: ConfigPlace, apart: Apart): Promise<Layers> {
  if (isData(place)) {
    const found = await findMain(place);
    if (!found.ok) return found;
    if (found.value === undefined) return ok([]);
    if (!isRecord(found.value.value) || !("extends" in found.value.value)) return ok([found.value]);
  }
  const { limitMs = LIMIT_MS } = apart;
  const answer = await ask(place, apart.environment, limitMs);
  if (answer instanceof LostProcess) return fail([lostError(answer.loss, limitMs)]);
  const read = evaluated.safeParse(answer);
  if (!read.success) return fail([evaluationLost("what came back from it is no configuration")]);
  if (read.data.kind === "refused") return fail(read.data.problems);
  return ok(read.data.layers.map(layerOf));
}

/** Whether no code is run to read the file itself. */
function isData({ root, file }: ConfigPlace): boolean {
  const names = file === undefined ? CONFIG_PLACES.map((name) => join(root, name)).filter(isFile) : [file];
  return !names.some((name) => MODULE.test(name));
}

async function ask({ root, file }: ConfigPlace, environment: Apart["environment"], limitMs: number): Promise<unknown> {
  const name = import.meta.url.endsWith(".ts") ? "./evaluate-child.ts" : "./evaluate-child.js";
  const filename = fileURLToPath(new URL(name, import.meta.url));
  const options = { filename, name: "evaluate", processes: 1, memoryMb: MEMORY_MB, idleMs: 0, environment };
  const remote = createRemote(options);
  const abort = new AbortController();
  // It keeps this process alive, too, which nothing else does meanwhile.
  const timer = setTimeout(() => {
    abort.abort();
  }, limitMs);
  try {
    return await remote.run(file === undefined ? { root } : { root, file }, {
      signal: abort.signal,
      told: nothing,
      printed: nothing,
    });
  } catch (thrown) {
    if (thrown instanceof LostProcess) return thrown;
    throw thrown;
  } finally {
    clearTimeout(timer);
    await remote.close();
  }
}

function nothing(): void {
  // What it prints is nobody's business: it is asked for what it exports.
}

function lostError({ why, lastWords }: Loss, limitMs: number): Diagnostic {
  switch (why) {
    case "silent":
    case "cancelled":
      return evaluationLost(`it was not done within ${String(limitMs / 1000)} s and was ended`);
    case "memory":
      return evaluationLost(`it took more than ${String(MEMORY_MB)} MiB and was ended`);
    case "exited":
      return evaluationLost(`its process ended before it was done${because(lastWords)}`);
    case "unstarted":
      return evaluationLost("no process could be started for it");
  }
}

function evaluationLost(why: string): Diagnostic {
  return errorOf("SYM1103", `the configuration cannot be evaluated in a process of its own: ${why}`, {
    hint: "a configuration says what it is and does nothing else: no `process.exit`, and nothing to wait for",
  });
}

function layerOf({ file, text, value, plugins, imports }: EvaluatedLayer): FoundConfig {
  const graph = { imports: new Map(imports.map(([from, to]) => [from, new Set(to)])) };
  if (plugins === undefined)
    return { file, text, graph, value: isRecord(value) ? { ...value, plugins: false } : value };
  return { file, text, graph, value, apart: plugins };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
