// Writes the JSON schema of the configuration from its zod schema; with --check it fails where a copy is out of date.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./lib/paths.mjs";
import { binOf, projectNode, script, ScriptError } from "./lib/run.mjs";

const SOURCE = "packages/engine/src/config/schema.ts";
/** For readers, and for editors where the command is installed. */
const COPIES = ["docs/schemas/config.schema.json", "packages/cli/config.schema.json"];

/** Plugins are checked one by one with their own schemas; a file that is data can only name them. */
const PLUGINS = {
  description: "Plugins beside the default ones; one with a default plugin's name takes its place",
  type: "array",
  items: {
    type: "object",
    properties: {
      use: { description: "The package; it exports its factory as `plugin`", type: "string" },
      options: { description: "What the plugin's page lists" },
    },
    required: ["use"],
    additionalProperties: false,
  },
};

await script(() => {
  const text = formatted(JSON.stringify(schemaOfConfig(), undefined, 2));
  for (const copy of COPIES) {
    const file = join(ROOT, copy);
    if (!process.argv.includes("--check")) writeFileSync(file, text);
    else if (!existsSync(file) || readFileSync(file, "utf8").replaceAll("\r\n", "\n") !== text) {
      throw new ScriptError(`${copy} is not what ${SOURCE} says; run \`node scripts/config-schema.mjs\``);
    }
  }
});

/** What a configuration in JSON or YAML may hold. */
function schemaOfConfig() {
  const { $schema, properties, ...rest } = JSON.parse(settingsSchema());
  const title = "A configuration of Symbiotic: symbiotic.config.json or .yaml, or the key symbiotic of package.json";
  return { $schema, title, ...rest, properties: { ...properties, plugins: PLUGINS } };
}

/** The source is TypeScript, which the Node that runs us may not read. */
function settingsSchema() {
  const url = JSON.stringify(pathToFileURL(join(ROOT, SOURCE)).href);
  const program = `import { z } from "zod"; import { Settings } from ${url};
    process.stdout.write(JSON.stringify(z.toJSONSchema(Settings, { io: "input" })));`;
  const done = spawnSync(projectNode(), ["--input-type=module", "--eval", program], { cwd: ROOT, encoding: "utf8" });
  if (done.status !== 0) throw new ScriptError(`${SOURCE} gives no schema: ${done.stderr}`);
  return done.stdout;
}

/**
 * As the formatter wants files of this repository.
 * @param {string} text
 */
function formatted(text) {
  const args = [binOf("@biomejs/biome", "biome"), "format", `--stdin-file-path=${COPIES[0]}`];
  const done = spawnSync(projectNode(), args, { cwd: ROOT, input: text, encoding: "utf8" });
  if (done.status !== 0) throw new ScriptError(`the schema could not be formatted: ${done.stderr}`);
  return done.stdout;
}
