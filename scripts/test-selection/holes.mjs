import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { output } from "../real-repositories/processes.mjs";
import { apply } from "./checkout.mjs";
import { generated } from "./generated.mjs";
import { HOLES } from "./hole-texts.mjs";
import { runPlain } from "./plain.mjs";
import { copyStore, runSelector } from "./selector.mjs";

/**
 * A small repository of which each test file depends on something in a way that a record may miss: one after the other changes, over
 * the records of the tree as it was.
 * @param {string} place
 * @param {(text: string) => void} say
 * @returns {number} how many were served stale
 */
export function holes(place, say) {
  const checkout = made(place);
  const [records, store] = [join(place, "stores/holes-cold"), join(place, "stores/holes")];
  rmSync(records, { recursive: true, force: true });
  const cold = runSelector(checkout, { store: records });
  say(`holes: ${cold.outcomes.size} tests, ${cold.status}, ${cold.selection.never.length} files never served`);
  let [stale, failing] = [0, 0];
  for (const [name, { change = {}, executable }] of Object.entries(HOLES)) {
    if (Object.keys(change).length === 0 && executable === undefined) continue;
    copyStore(records, store);
    apply(checkout, change);
    if (executable !== undefined) chmodSync(join(checkout.root, executable), 0o755);
    const truth = failedFiles(runPlain(checkout).outcomes);
    const { selection } = runSelector(checkout, { store });
    const missed = truth.filter((file) => selection.served.includes(file));
    say(
      `  ${name}: ${truth.length} fail, ${selection.served.length} served${missed.length > 0 ? ` STALE ${missed.join(" ")}` : ""}`,
    );
    failing += truth.length;
    stale += missed.length;
    for (const args of [
      ["checkout", "--quiet", "--", "."],
      ["clean", "--quiet", "-d", "--force"],
    ])
      output("git", args, { cwd: checkout.root });
  }
  say(`holes: ${failing} files fail, ${stale} served stale`);
  return stale;
}

/** @param {ReadonlyMap<string, string>} outcomes */
function failedFiles(outcomes) {
  const failed = [...outcomes].filter(([, outcome]) => outcome === "failed" || outcome === "error");
  return [...new Set(failed.map(([id]) => id.split("::")[0] ?? id))];
}

/** @param {string} place */
function made(place) {
  const tests = Object.entries(HOLES).map(([name, { test }]) => [`tests/test_${name}.py`, test]);
  const files = Object.values(HOLES).map(({ files: more = {} }) => more);
  return generated(place, "holes", Object.assign({ "tools/__init__.py": "" }, Object.fromEntries(tests), ...files));
}
