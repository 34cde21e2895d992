import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ScriptError } from "../lib/run.mjs";
import { at, refused, tuple } from "./place.mjs";
import { run } from "./processes.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {import("./place.mjs").ByHand} ByHand */
/** @typedef {import("./place.mjs").Place} Place */

/**
 * What the mypy of a checkout's own environment finds from its root; `null` where it has none.
 * @param {Checkout} checkout
 * @returns {string[] | null}
 */
export function typesByHand({ name, root, bin, env }) {
  if (!["mypy", "mypy.exe"].some((file) => existsSync(join(bin, file)))) return null;
  const first = { ...env, PATH: [bin, env.PATH ?? ""].join(delimiter) };
  const hand = mypy({ root, env: first, temporary: root });
  if (hand.refused !== undefined) throw new ScriptError(`mypy by hand has no result in ${name}: ${hand.refused}`);
  return hand.found;
}

/**
 * The mypy that the environment finds first, as its settings say, else on the whole repository.
 * @param {Place} place
 * @returns {ByHand}
 */
export function mypy(place) {
  const args = ["--output", "json", "--no-incremental"];
  const asSettingsSay = run("mypy", args, at(place));
  const needsFiles = asSettingsSay.stderr.includes("Missing target module, package, files, or command");
  const done = needsFiles ? run("mypy", [...args, "."], at(place)) : asSettingsSay;
  const lines = done.stdout.split("\n").filter((line) => line.startsWith("{"));
  if (done.code > 1 && !lines.some((line) => line.includes('"code": "syntax"'))) return refused(done);
  return {
    found: lines.map((text) => {
      /** @type {{ file: string, line: number, code: string | null, severity: string }} */
      const { file, line, code, severity } = JSON.parse(text);
      return tuple(place, file, line, severity === "note" ? "note" : (code ?? "misc"));
    }),
  };
}
