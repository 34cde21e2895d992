import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Demand } from "../demand.ts";
import type { OptionSpec, Parsed } from "../plugin/command.ts";
import type { CliEnvironment } from "./env.ts";
import { comparison } from "./selection-options.ts";

/** Flags that say what a change is about, so that validators for it are added. */
export const INTENT_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  label: { kind: "list", value: "<label>", describe: "a label of the change: validators that it asks for are added" },
  request: { kind: "value", value: "<text>", describe: "what was asked for, in words: the same" },
  explain: { kind: "flag", describe: "say which validators are added and by which sign; run nothing" },
};

/** What a command line asks for beyond what is always there. */
export function demandOf(
  { positionals, lists, values, flags }: Parsed,
  { settings }: CliEnvironment,
  { cwd, explains }: { readonly cwd: string; readonly explains: boolean },
): Demand {
  const request = values.get("request");
  const paths = lists.get("files");
  return {
    names: positionals,
    labels: lists.get("label") ?? [],
    explains,
    ...(request === undefined ? {} : { request }),
    ...(flags.has("affected") ? { affected: comparison(values.get("base") ?? settings.base, values.get("head")) } : {}),
    ...(paths === undefined ? {} : { places: paths.map((path) => resolve(realpathSync.native(cwd), path)) }),
  };
}
