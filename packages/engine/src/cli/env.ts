import { availableParallelism, homedir, totalmem } from "node:os";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Variables } from "../fingerprint/variables.ts";

/** The environment, read once: the only file that looks at it. */
export interface CliEnvironment {
  readonly variables: Variables;
  readonly home: string;
  readonly ci: boolean;
  readonly github: boolean;
  /** The file that GitHub shows as the summary of a job. */
  readonly stepSummary?: string;
  /** NO_COLOR and FORCE_COLOR; undefined where neither says anything. */
  readonly colour: boolean | undefined;
  readonly parallelism: number;
  /** MiB of memory that this process may use: the machine's, or less where a container says so. */
  readonly memoryMb: number;
  /** Settings by variable; a flag wins over them, they win over the configuration. */
  readonly settings: {
    readonly config?: string;
    readonly base?: string;
    readonly cacheDir?: string;
    readonly concurrency?: number;
    readonly privateEndpoints?: boolean;
  };
}

/** Names of our variables, with what each sets. */
export const OWN_VARIABLES: Readonly<Record<string, string>> = {
  SYMBIOTIC_CONFIG: "the configuration file, like --config",
  SYMBIOTIC_BASE: "what --affected compares with, like --base",
  SYMBIOTIC_CACHE_DIR: "where the cache lies, like cache.dir",
  SYMBIOTIC_PRIVATE_ENDPOINTS: "agents may talk to private addresses and without https, like agents.privateEndpoints",
  SYMBIOTIC_CONCURRENCY: "how many tasks run at once, like --concurrency",
};

/** Reads the environment; a variable of ours with a wrong value or an unknown name is an error, like a wrong key. */
export function readEnvironment(): Result<CliEnvironment, readonly Diagnostic[]> {
  const variables: Variables = { ...process.env };
  const problems = Object.keys(variables).flatMap((name) =>
    name.startsWith("SYMBIOTIC_") && !(name in OWN_VARIABLES) && !name.startsWith("SYMBIOTIC_TEST_")
      ? [unknownVariable(name)]
      : [],
  );
  const concurrency = variables["SYMBIOTIC_CONCURRENCY"];
  if (concurrency !== undefined && !/^[1-9]\d{0,3}$/.test(concurrency))
    problems.push(badNumber("SYMBIOTIC_CONCURRENCY", concurrency));
  const privateEndpoints = variables["SYMBIOTIC_PRIVATE_ENDPOINTS"];
  if (privateEndpoints !== undefined && !/^[01]$/.test(privateEndpoints))
    problems.push(badSwitch("SYMBIOTIC_PRIVATE_ENDPOINTS", privateEndpoints));
  if (problems.length > 0) return fail(problems);
  const [config, base, cacheDir] = [
    variables["SYMBIOTIC_CONFIG"],
    variables["SYMBIOTIC_BASE"],
    variables["SYMBIOTIC_CACHE_DIR"],
  ];
  const stepSummary = variables["GITHUB_STEP_SUMMARY"];
  return ok({
    variables,
    home: homedir(),
    ci: isSet(variables["CI"]),
    github: variables["GITHUB_ACTIONS"] === "true",
    ...(stepSummary === undefined || stepSummary === "" ? {} : { stepSummary }),
    colour: colourWish(variables),
    parallelism: availableParallelism(),
    memoryMb: memoryMb(),
    settings: {
      ...(config === undefined ? {} : { config }),
      ...(base === undefined ? {} : { base }),
      ...(cacheDir === undefined ? {} : { cacheDir }),
      ...(concurrency === undefined ? {} : { concurrency: Number(concurrency) }),
      ...(privateEndpoints === undefined ? {} : { privateEndpoints: privateEndpoints === "1" }),
    },
  });
}

function memoryMb(): number {
  const constrained = process.constrainedMemory();
  const bytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.floor(bytes / 1024 / 1024);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}

function colourWish(variables: Variables): boolean | undefined {
  if (isSet(variables["NO_COLOR"])) return false;
  const force = variables["FORCE_COLOR"];
  return force === undefined ? undefined : force !== "0" && force !== "false";
}

function unknownVariable(name: string): Diagnostic {
  return errorOf("SYM2011", `${name} is no variable of symbiotic`, {
    hint: `there is: ${Object.keys(OWN_VARIABLES).join(", ")}`,
  });
}

function badNumber(name: string, value: string): Diagnostic {
  return errorOf("SYM2012", `${name} is \`${value}\`: a whole number from 1 is expected`, {
    hint: "correct it or unset it",
  });
}

function badSwitch(name: string, value: string): Diagnostic {
  return errorOf("SYM2012", `${name} is \`${value}\`: 0 or 1 is expected`, { hint: "correct it or unset it" });
}

/** What was asked of the environment: these names, or all there is. */
export type VariablesRead = readonly string[] | "all";

/**
 * Does something and tells which variables of this process it looked at. A configuration is a program: what it makes of a
 * variable is as much part of a run as the configuration itself.
 */
export async function watchVariables<T>(
  act: () => Promise<T>,
): Promise<{ readonly value: T; readonly variables: VariablesRead }> {
  const names = new Set<string>();
  const asked = { all: false };
  const own = process.env;
  process.env = new Proxy(own, {
    get: (target, name) => {
      if (typeof name === "string") names.add(name);
      return Reflect.get(target, name) as unknown;
    },
    has: (target, name) => {
      if (typeof name === "string") names.add(name);
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor: (target, name) => {
      if (typeof name === "string") names.add(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    ownKeys: (target) => {
      asked.all = true;
      return Reflect.ownKeys(target);
    },
  });
  try {
    const value = await act();
    return { value, variables: asked.all ? "all" : [...names] };
  } finally {
    process.env = own;
  }
}
