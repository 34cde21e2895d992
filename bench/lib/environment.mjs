import { mkdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { projectNode } from "../../scripts/lib/run.mjs";
import { modulesOf } from "./install.mjs";
import { HOME } from "./places.mjs";

/** Of the caller's own variables only those that programs need in order to run at all. */
const KEPT = ["TMPDIR", "SYSTEMROOT"];

/**
 * The variables of everything that is measured: the same for all, with an empty home folder, so that nobody's settings,
 * certificates or credentials take part, and with whatever reports to somebody switched off.
 * @returns {NodeJS.ProcessEnv}
 */
export function measuredEnvironment() {
  mkdirSync(HOME, { recursive: true });
  const kept = KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return {
    ...Object.fromEntries(kept),
    PATH: [join(modulesOf("pnpm"), ".bin"), dirname(projectNode()), process.env.PATH].join(delimiter),
    HOME,
    LANG: "C.UTF-8",
    DO_NOT_TRACK: "1",
    TURBO_TELEMETRY_DISABLED: "1",
    TURBO_NO_UPDATE_NOTIFIER: "1",
    NX_NO_CLOUD: "true",
    NX_TUI: "false",
  };
}
