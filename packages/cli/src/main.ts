import { readFileSync } from "node:fs";
import { main } from "@symbiotic-build/engine/cli";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
const NAMES = ["python", "node", "ruff", "pytest"];

// Named here and not imported: a command that needs no plugin loads none.
const defaults = NAMES.map((name) => ({ name, url: import.meta.resolve(`@symbiotic-build/plugin-${name}`) }));
// The atoms of a configuration: loaded where it has some.
const command = {
  name: "command",
  url: import.meta.resolve("@symbiotic-build/plugin-command"),
  setting: "atoms",
} as const;

await main({ version, defaults: [...defaults, command] });
