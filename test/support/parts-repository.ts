import { readFileSync } from "node:fs";
import { join } from "node:path";
import { moduleText } from "./isolated-plugins.ts";
import { createPluginRepository, type PluginRepository } from "./plugin-repository.ts";
import type { Files, TestRepository } from "./repository.ts";

const SUITE = readFileSync(new URL("./suite.mjs", import.meta.url), "utf8");

/** Source of the atom's members: its work has a part for each file of `t/`; `more` replaces some. */
function suiteText(more = ""): string {
  return `{
    inputs: () => ({ files: ["t/*.txt"], variables: ["MODE"] }),
    command: ({ out, options }) => ({
      argv: ["node", out + "/lib/suite.mjs", out, options.word ?? ""],
      cwd: ".",
      files: { "lib/suite.mjs": ${JSON.stringify(SUITE)} },
    }),
    reads: ["result.json"],
    parts: { known: "known.json", names: (_, paths) => paths },
    parse: ({ files, exitCode }) => {
      if (exitCode !== 0) return fail(errorOf("LOCAL1", "it broke"));
      const { parts, tests, served, ran } = JSON.parse(files["result.json"]);
      const failed = tests.filter(([, outcome]) => outcome === "failed").length;
      return ok({
        status: failed > 0 ? "failed" : "ok",
        summary: tests.length - failed + " passed" + (failed > 0 ? ", " + failed + " failed" : ""),
        evidence: { tool: "suite", tests: tests.map(([id, outcome]) => ({ id, outcome })) },
        parts,
        served: { served, ran, what: "files" },
      });
    },
    ${more}
  }`;
}

/** What of the repository a test chooses. */
export interface PartsRepository extends Partial<PluginRepository> {
  /** Source of members that the atom has in the place of the usual ones. */
  readonly more?: string;
}

const FILES: Files = { "project.json": '{ "name": "app" }\n', "t/a.txt": "a\n", "t/b.txt": "b\n", "t/c.txt": "c\n" };

/** A repository with the task `app:suite`, whose parts are the files of `t/`. */
export function createPartsRepository({ more, files, ...rest }: PartsRepository = {}): TestRepository {
  return createPluginRepository({
    options: 'z.strictObject({ word: z.string().default("plain") }).prefault({})',
    ...rest,
    atoms: `{ suite: step("suite", ${suiteText(more)}) }`,
    files: { ...FILES, ...files },
  });
}

/** The same, of a plugin that the engine never imports. */
export function createIsolatedParts(): TestRepository {
  return createPluginRepository({
    atoms: "{}",
    files: {
      ...FILES,
      "suite.ts": moduleText({ name: "suite", body: `atoms: { suite: step(${suiteText()}) }` }),
      "symbiotic.config.ts": `import { defineConfig } from "@symbiotic-build/engine";
import { local } from "./plugin.ts";

export default defineConfig({ plugins: [local(), { use: "./suite.ts" }], disable: ["python", "node", "ruff", "pytest"] });
`,
    },
  });
}

/** The parts that each process ran, in order: `a b c`. */
export function ranParts({ home }: TestRepository): readonly string[] {
  return readFileSync(join(home, "ran.txt"), "utf8").split("\n").slice(0, -1);
}

/** What the last process was told, by part. */
export function toldOf(repository: TestRepository): Readonly<Record<string, readonly { readonly message: string }[]>> {
  const text = repository.read(".symbiotic/out/app~3asuite/known.json");
  return (JSON.parse(text) as { readonly parts: ReturnType<typeof toldOf> }).parts;
}
