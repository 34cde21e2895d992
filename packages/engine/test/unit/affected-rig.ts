import { z } from "zod";
import { byCodeUnit, canonicalJson, type JsonValue } from "../../src/core/json.ts";
import { ancestors, joinRepo, parentOf } from "../../src/core/path.ts";
import { ok } from "../../src/core/result.ts";
import { createJudge } from "../../src/finding/judge.ts";
import { indexAtoms } from "../../src/graph/atom-index.ts";
import type { Opened } from "../../src/open.ts";
import { plan } from "../../src/plan.ts";
import type { Atom, CommandAtom } from "../../src/plugin/atom.ts";
import type { FoundProject, SourceText } from "../../src/plugin/project.ts";
import { definePlugin } from "../../src/plugin/define-plugin.ts";
import type { LoadedPlugin } from "../../src/plugin/load.ts";
import { unwrap } from "../../src/testing/unwrap.ts";
import { listFiles } from "../../src/workspace/git/list-files.ts";
import { openRepository } from "../../src/workspace/git/repository.ts";
import { createFacts } from "../../src/workspace/facts.ts";
import { createSourceTexts } from "../../src/workspace/source-texts.ts";
import { discover } from "../../src/workspace/workspace.ts";
import type { TestRepository } from "../support/test-repository.ts";

const MANIFEST = z.object({ name: z.string(), needs: z.array(z.string()).default([]) });

const common: Pick<CommandAtom<unknown, JsonValue>, "kind" | "describe" | "command"> = {
  kind: "check",
  describe: "t",
  command: () => ({ argv: ["t"] }),
};
const atoms: Readonly<Record<string, Atom>> = {
  lint: {
    ...common,
    title: "lint",
    inputs: () => ({ files: ["**/*.py"] }),
    tools: () => [{ name: "l", kind: "python-executable", bin: "l", version: [] }],
  },
  test: { ...common, title: "test", inputs: () => ({ files: ["**/*.py"], upstreamFiles: ["**/*.py"] }) },
};

/** A plugin for which each `project.json` makes a project with `project.lock` for a lock. */
const { spec } = definePlugin({
  api: 1,
  name: "t",
  from: import.meta.url,
  options: z.null(),
  discovery: { files: ["**/project.json"], projects: ({ files }) => ok(projectsOf(files)) },
  atoms,
})(null);
const plugin: LoadedPlugin = {
  name: "t",
  spec,
  options: null,
  identity: { kind: "modules", digest: "0" },
  ref: { kind: "module", url: import.meta.url, digest: "0" },
};

/** A project's manifest. */
export function manifest(name: string, ...needs: readonly string[]): string {
  return canonicalJson({ name, needs });
}

/** Why each task is affected since the last commit, by task. */
export function affectedSince(repository: TestRepository, base = "HEAD"): Record<string, string> {
  const affected = { base };
  const planned = plan(openedAt(repository), {
    names: ["lint", "test"],
    filters: [],
    exclude: [],
    affected,
    environment: repository.env,
  });
  const reasons = unwrap(planned, "the plan").reasons.values();
  return Object.fromEntries(
    [...reasons].map(({ task, because }): [string, string] => [task, because]).sort(([a], [b]) => byCodeUnit(a, b)),
  );
}

function openedAt({ root, env }: TestRepository): Opened {
  const repository = unwrap(openRepository(root, env), "git");
  const files = unwrap(listFiles(repository), "git");
  const texts = createSourceTexts(root);
  const workspace = unwrap(
    discover({ plugins: [plugin], files: files.map(({ path }) => path), texts, exclude: [] }),
    "discovery",
  );
  const config = { sources: [], settings: {}, plugins: [plugin], layers: [], namedIn: new Map() };
  return {
    repository,
    config,
    index: unwrap(indexAtoms([plugin], {}), "the atoms"),
    workspace,
    facts: createFacts(workspace, texts),
    texts,
    judge: createJudge({ severities: {}, known: new Set(), texts }),
    files,
    intents: [],
    untracked: files.flatMap(({ path, tracked }) => (tracked ? [] : [path])),
    brought: [],
    derived: new Map(),
    changes: undefined,
    variablesRead: [],
    listedAt: 0,
    uncommitted: undefined,
  };
}

function projectsOf(files: readonly SourceText[]): FoundProject[] {
  const read = files.map((file) => ({ file, root: parentOf(file.path), ...MANIFEST.parse(JSON.parse(file.text)) }));
  const rootOf = new Map(read.map(({ name, root }) => [name, root]));
  return read.map(({ file, root, name, needs }) => ({
    ...{ name, root, manifests: [file.path], tags: [], environments: [] },
    dependsOn: needs.flatMap((need) => (rootOf.has(need) ? [{ root: rootOf.get(need) ?? "", because: need }] : [])),
    locks: ancestors(root).map((folder) => joinRepo(folder, "project.lock")),
  }));
}
