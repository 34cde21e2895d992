import { readFileSync } from "node:fs";
import { createRepository, linkPackages, type Files, type TestRepository } from "./repository.ts";

/** A repository with a plugin of its own, as the texts that a user would write. */
export interface PluginRepository {
  /** Source of an object: atoms by id. At hand are `step(name, more)`, an atom that runs a controlled command; `work(name, run, more)`, one that is a function; `found(evidence)`, an outcome. */
  readonly atoms: string;
  /** Source of an object: gates by id. */
  readonly gates?: string;
  /** Source of the schema of the plugin's options. */
  readonly options?: string;
  /** Source of what the configuration hands to the plugin. */
  readonly given?: string;
  /** Source of further settings of the configuration. */
  readonly settings?: string;
  /** Further files; without a `project.json` there is one at the root, called `app`. */
  readonly files?: Files;
}

/** Makes it. Projects are folders with a `project.json`; the target `all` means every atom; no default plugin takes part. */
export function createPluginRepository(parts: PluginRepository): TestRepository {
  const own = parts.files ?? {};
  const hasProject = Object.keys(own).some((path) => path.endsWith("project.json"));
  const repository = createRepository({
    ".gitignore": "node_modules/\n",
    "controlled.mjs": readFileSync(new URL("./controlled.mjs", import.meta.url), "utf8"),
    "plugin.ts": pluginText(parts),
    "symbiotic.config.ts": configText(parts),
    ...(hasProject ? {} : { "project.json": '{ "name": "app" }\n', "input.txt": "1\n" }),
    ...own,
  });
  linkPackages(repository.root);
  return repository;
}

/** The text of the plugin's module. */
export function pluginText({
  atoms,
  gates = "{}",
  options = "z.strictObject({}).default({})",
}: PluginRepository): string {
  return `import { definePlugin, errorOf, fail, ok, parentOf } from "@symbiotic-build/engine";
import { existsSync } from "node:fs";
import * as z from "zod";

const step = (name, more = {}) => ({
  kind: "check",
  title: name,
  describe: "what the test says",
  inputs: () => ({ files: ["input.txt"] }),
  command: () => ({ argv: ["node", "controlled.mjs", name], cwd: "." }),
  ...more,
});

const work = (name, run, more = {}) => ({ kind: "check", title: name, describe: "what the test says", inputs: () => ({ files: ["input.txt"] }), run, ...more });

const found = (more = {}) => ({ status: "ok", summary: "ok", evidence: { tool: "local", ...more } });

const atoms = ${atoms};

export const local = definePlugin({
  api: 1,
  name: "local",
  from: import.meta.url,
  options: ${options},
  discovery: {
    files: ["**/project.json"],
    projects: ({ files }) =>
      ok(
        files.map(({ path, text }) => {
          const { name, dependsOn = [] } = JSON.parse(text);
          const edges = dependsOn.map((root) => ({ root, because: "project.json" }));
          return { name, root: parentOf(path), manifests: [path], dependsOn: edges, tags: [], environments: [] };
        }),
      ),
  },
  atoms,
  gates: ${gates},
  targets: { all: Object.keys(atoms) },
});
`;
}

function configText({ given = "", settings = "" }: PluginRepository): string {
  return `import { defineConfig } from "@symbiotic-build/engine";
import { local } from "./plugin.ts";

export default defineConfig({
  plugins: [local(${given})],
  disable: ["python", "node", "ruff", "pytest"],
  ${settings}
});
`;
}
