import { createPluginRepository } from "./plugin-repository.ts";
import type { Files, TestRepository } from "./repository.ts";

/** A plugin of a test, as the configuration names it. */
export interface IsolatedPlugin {
  /** Of the plugin; its one atom is called so, too, unless `body` says otherwise. */
  readonly name: string;
  /** Source of members of its definition; at hand are `ok`, `fail` and `errorOf`, `step(more)`, an atom with a command, and `work(run, more)`, one that is a function. */
  readonly body?: string;
  /** Source of statements that the module runs when it is imported. */
  readonly top?: string;
  /** Source of what the configuration says beside `use`. */
  readonly named?: string;
}

/**
 * A repository with one project, whose configuration names these plugins beside an imported one with the atom `fine`;
 * the target `all` means every atom of all of them.
 */
export function createIsolatedRepository(plugins: readonly IsolatedPlugin[], files: Files = {}): TestRepository {
  return createPluginRepository({
    atoms: `{ fine: step("fine", { command: () => ({ argv: ["node", "-e", "console.log('well')"] }) }) }`,
    files: {
      "project.json": '{ "name": "app" }\n',
      "input.txt": "1\n",
      ...Object.fromEntries(plugins.map((plugin) => [`${plugin.name}.ts`, moduleText(plugin)])),
      "symbiotic.config.ts": configText(plugins),
      ...files,
    },
  });
}

/** The text of the module of such a plugin. */
export function moduleText({ name, top = "", body = `atoms: { ${name}: step() }` }: IsolatedPlugin): string {
  return `import { definePlugin, errorOf, fail, ok, parentOf } from "@symbiotic-build/engine";
import { appendFileSync, writeFileSync } from "node:fs";
import * as z from "zod";

const inGit = (file) => new URL(\`.git/\${file}\`, import.meta.url);
appendFileSync(inGit("imports"), "${name}\\n");
${top}

const common = { kind: "check", title: "${name}", describe: "what the test says", inputs: () => ({ files: ["input.txt"] }) };
const step = (more = {}) => ({ ...common, command: () => ({ argv: ["node", "-e", "console.log('well')"] }), ...more });
const work = (run, more = {}) => ({ ...common, run, ...more });

const found = { status: "ok", summary: "ok", evidence: { tool: "${name}" } };

export const plugin = definePlugin({
  api: 1,
  name: "${name}",
  from: import.meta.url,
  options: z.strictObject({ word: z.string().default("plain") }).prefault({}),
  targets: { all: ["${name}"] },
  ${body}
});
`;
}

function configText(plugins: readonly IsolatedPlugin[]): string {
  const named = plugins.map(({ name, named: more = "" }) => `{ use: "./${name}.ts", ${more} }`);
  return `import { defineConfig } from "@symbiotic-build/engine";
import { local } from "./plugin.ts";

export default defineConfig({
  plugins: [local(), ${named.join(", ")}],
  disable: ["python", "node", "ruff", "pytest"],
});
`;
}
