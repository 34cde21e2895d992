import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { nearest } from "../../config/suggest.ts";
import type { CliCommand } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import type { CacheAction } from "./cache/cache-action.ts";
import { findCache } from "./cache/cache-place.ts";
import { dirAction, statusAction } from "./cache/status.ts";
import { exportAction, importAction } from "./cache/transfer.ts";
import { clearAction, pruneAction, verifyAction } from "./cache/upkeep.ts";

const ACTIONS: Readonly<Record<string, CacheAction>> = {
  status: statusAction,
  prune: pruneAction,
  verify: verifyAction,
  clear: clearAction,
  export: exportAction,
  import: importAction,
  dir: dirAction,
};

/** `symbiotic cache`: look into the cache, keep it small, carry it elsewhere. */
export const cacheCommand: CliCommand = {
  name: "cache",
  summary: "look into the cache, prune, verify or clear it, carry it to another machine",
  usage: "status|prune|verify|clear|export <file>|import <file>|dir [options]",
  describe: [
    "status  place, number of records, size and limits",
    "prune   remove the oldest results until the limits are kept; a run does it once a day",
    "verify  read every byte; what is damaged is removed, and the exit code is 1",
    "clear   remove everything; it does not ask",
    "export  write results, with their logs, findings and outputs, to one file",
    "import  take in such a file, wholly or not at all; import only what you trust",
    "dir     print where the cache lies",
  ].join("\n"),
  positionals: { least: 1, most: 2, what: "one of status, prune, verify, clear, export <file>, import <file>, dir" },
  options: {
    "max-bytes": { kind: "value", value: "<size>", describe: "prune, export: as much as stays or goes: 500MB, 2GiB" },
    "max-age": {
      kind: "value",
      value: "<age>",
      describe: "prune, export: nothing that was made longer ago: 12h, 7d, 2w",
    },
    "last-run": { kind: "flag", describe: "export: only what the last run made or was served" },
    run: {
      kind: "list",
      value: "<id>",
      describe: "export: only what this run made or was served; may stand several times",
    },
    optional: { kind: "flag", describe: "import: a file that is missing or cannot be used is a warning" },
  },
  examples: [
    ["symbiotic cache status", "place, size, age"],
    ["symbiotic cache prune --max-bytes 2GiB --max-age 7d", "keep it smaller than configured"],
    ["symbiotic cache export .symbiotic/ci.cache --last-run", "what a CI job keeps for the next one"],
    ["symbiotic cache import .symbiotic/ci.cache --optional", "what that one begins with"],
  ],
  async run(parsed, context) {
    const action = actionOf(parsed);
    if (!action.ok) return action;
    const place = await findCache(parsed, context);
    return place.ok ? action.value.run({ ...place.value, parsed, context }) : place;
  },
};

function actionOf({ positionals, flags, values, lists }: Parsed): Result<CacheAction, readonly Diagnostic[]> {
  const [name = "", file] = positionals;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) return fail([unknownAction(name)]);
  const given = [...flags, ...values.keys(), ...lists.keys()].filter((flag) => flag in cacheCommand.options);
  const wrong = given.filter((flag) => !action.options.includes(flag));
  const problems = [
    ...wrong.map((flag) => errorOf("SYM2004", `\`symbiotic cache ${name}\` has no --${flag}`, { hint: SEE_HELP })),
    ...(action.takesFile && file === undefined
      ? [errorOf("SYM2006", `\`symbiotic cache ${name}\` needs a file`, { hint: SEE_HELP })]
      : []),
    ...(!action.takesFile && file !== undefined
      ? [errorOf("SYM2006", `\`symbiotic cache ${name}\` takes nothing, got \`${file}\``, { hint: SEE_HELP })]
      : []),
  ];
  return problems.length > 0 ? fail(problems) : ok(action);
}

const SEE_HELP = "`symbiotic cache --help` explains it";

function unknownAction(name: string): Diagnostic {
  const guess = nearest(name, Object.keys(ACTIONS));
  return errorOf("SYM2007", `\`symbiotic cache\` has no \`${name}\``, {
    hint: guess === undefined ? `write one of ${Object.keys(ACTIONS).join(", ")}` : `did you mean \`${guess}\`?`,
  });
}
