import { readFileSync } from "node:fs";
import { main } from "@symbiotic-build/engine/cli";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
const NAMES = ["python", "node", "ruff", "pytest"];
const AGENTS = ["claude", "codex"];
const PLATFORMS = ["github", "graphite"];

// Named here, and neither looked for nor imported: a command that needs no plugin spends nothing on them.
const named = (name: string): { readonly name: string; readonly url: string } => ({
  name,
  get url() {
    return import.meta.resolve(`@symbiotic-build/plugin-${name}`);
  },
});
// The atoms of a configuration: loaded where it has some.
const command = {
  name: "command",
  setting: "atoms",
  get url() {
    return import.meta.resolve("@symbiotic-build/plugin-command");
  },
} as const;

await main({
  version,
  defaults: [...NAMES.map(named), command],
  agents: AGENTS.map(named),
  platforms: PLATFORMS.map(named),
  onDemand: async () => (await import("./validators.ts")).validators,
  commands: {
    prompts: async () => (await import("@symbiotic-build/workflows")).promptsCommand,
    issues: async () => (await import("@symbiotic-build/workflows")).issuesCommand,
  },
  catalogue: async () => {
    const { CATALOGUE, PHASES } = await import("@symbiotic-build/atoms");
    return { phases: PHASES, entries: CATALOGUE };
  },
});
