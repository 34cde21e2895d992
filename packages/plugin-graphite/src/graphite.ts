import type { Platform } from "@symbiotic-build/engine";
import { aliasProblem } from "./aliases.ts";
import { info, log, pull, state } from "./look.ts";
import { publish, submit } from "./submit.ts";
import { sync, track } from "./track.ts";

const PACKAGE = "@withgraphite/graphite-cli";

function native(platform: string): string[] {
  return [`${PACKAGE}-${platform}/bin/gt${platform.startsWith("win32") ? ".exe" : ""}`];
}

const PLATFORMS = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"];

/** Graphite, by its command line. */
export const graphitePlatform: Platform = {
  title: "Graphite",
  describe: "stacks of pull requests, by `gt`",
  tool: {
    bin: "gt",
    version: "1.8.6",
    versionIn: (printed) => /^\d+\.\d+\.\d+$/m.exec(printed.trim())?.[0],
    hint: `install ${PACKAGE} 1.8.6 or newer`,
    npm: {
      package: PACKAGE,
      natives: Object.fromEntries(PLATFORMS.map((platform) => [platform, native(platform)])),
    },
  },
  signIn: { variables: ["GRAPHITE_AUTH_TOKEN"], hint: "run `gt auth --token <token>`, or set GRAPHITE_AUTH_TOKEN" },
  variables: ["GRAPHITE_PROFILE", "NODE_EXTRA_CA_CERTS"],
  environment: {
    GRAPHITE_DISABLE_TELEMETRY: "1",
    GRAPHITE_DISABLE_UPGRADE_PROMPT: "1",
    // What it prints is broken into lines otherwise.
    COLUMNS: "4000",
  },
  setUp: { file: ".graphite_repo_config", hint: "run `gt init --trunk <branch>` there" },
  settings: {
    file: "graphite/aliases",
    problem: aliasProblem,
    hint: "take it out: Symbiotic could not know what it starts",
  },
  stack: { track, state, submit, publish, pull, sync, log, info },
};
