// Writes docs/schemas/event.schema.json from the types of the events; with --check it fails where that is out of date.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";
import { ROOT } from "./lib/paths.mjs";
import { binOf, projectNode, script, ScriptError } from "./lib/run.mjs";

const TYPES = "packages/engine/src/core/event.ts";
const SCHEMA = "docs/schemas/event.schema.json";

await script(() => {
  const text = formatted(JSON.stringify(schemaOfEvents(), undefined, 2));
  const file = join(ROOT, SCHEMA);
  if (!process.argv.includes("--check")) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, "utf8").replaceAll("\r\n", "\n") !== text) {
    throw new ScriptError(`${SCHEMA} is not what ${TYPES} says; run \`node scripts/event-schema.mjs\``);
  }
});

/** A line of events.jsonl. The types are checked elsewhere, by the compiler that the project uses. */
function schemaOfEvents() {
  const generator = createGenerator({
    path: join(ROOT, TYPES),
    tsconfig: join(ROOT, "tsconfig.json"),
    type: "Envelope",
    expose: "export",
    additionalProperties: false,
    skipTypeCheck: true,
  });
  const { $schema, ...schema } = generator.createSchema("Envelope");
  return { $schema, title: "An event of a Symbiotic run: a line of events.jsonl", ...schema };
}

/**
 * As the formatter wants files of this repository.
 * @param {string} text
 */
function formatted(text) {
  const args = [binOf("@biomejs/biome", "biome"), "format", `--stdin-file-path=${SCHEMA}`];
  const done = spawnSync(projectNode(), args, { cwd: ROOT, input: text, encoding: "utf8" });
  if (done.status !== 0) throw new ScriptError(`the schema could not be formatted: ${done.stderr}`);
  return done.stdout;
}
