import { mkdirSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import {
  install,
  makeEnvironment,
  temporaryFolder,
  write,
  type TestEnvironment,
} from "../support/python-environment.ts";
import { sampleProject } from "../support/sample-tasks.ts";
import type { JsonValue } from "../../src/core/json.ts";
import type { EnvironmentCandidate } from "../../src/plugin/tool.ts";
import { createToolFinder } from "../../src/execute/tool-finder.ts";
import { createWorkspace } from "../../src/workspace/workspace.ts";
import { EDITABLE } from "../../src/fingerprint/tool/distributions.ts";
import { sourceDigest } from "../../src/fingerprint/tool/source-digest.ts";

const PYTEST = { name: "pytest", kind: "python-module", module: "pytest", distribution: "pytest" } as const;

const LATER = (): number => Date.now() + 60_000;

function digestOf(folder: string): string {
  return sourceDigest(folder, { memo: new Map(), now: LATER });
}

/** A repository with projects by folder, `.venv` in one of them. */
function repository(venv: string): TestEnvironment & { readonly root: string } {
  const root = temporaryFolder();
  const environment = makeEnvironment(join(root, venv));
  install(environment.site, { name: "pytest", version: "9.1.0" });
  return { root, ...environment };
}

function installEditable(site: string, name: string, folder: string): void {
  const note = JSON.stringify({ url: pathToFileURL(folder).href, dir_info: { editable: true } });
  install(site, { name, version: "1", notes: { "direct_url.json": note } });
}

interface Given {
  readonly root: string;
  readonly venv: string;
  /** The project that the task is of, and those whose sources it reads too. */
  readonly project?: string;
  readonly upstream?: readonly string[];
  readonly memo?: Map<string, JsonValue>;
}

/** What stands for the distribution `lib` in the identity of pytest. */
function recordOfLib({
  root,
  venv,
  project = "api",
  upstream = [],
  memo = new Map(),
}: Given): string | null | undefined {
  const environments: readonly EnvironmentCandidate[] = [{ ecosystem: "python", kind: "directory", path: venv }];
  const found = ["api", "lib"].map((name) => ({
    name,
    root: name,
    manifests: [],
    dependsOn: [],
    tags: [],
    environments,
  }));
  const workspace = createWorkspace(found, ["api/a.py", "lib/lib.py"]);
  const finder = createToolFinder({
    root,
    env: { PATH: process.env["PATH"] },
    home: join(root, "home"),
    node: process.execPath,
    memo,
    workspace,
  });
  const tool = finder.find({ ...sampleProject(project), environments }, [PYTEST], {
    upstream: upstream.map((name) => sampleProject(name)),
  });
  if (!tool.ok || tool.value.identity.kind !== "python") throw new Error("pytest was not found");
  return tool.value.identity.distributions.find(([name]) => name === "lib")?.[2];
}

test("an edit of sources outside the repository that are installed editable makes another identity, in each way that installers tell of them", () => {
  const ways: readonly ((site: string, folder: string) => void)[] = [
    (site, folder) => installEditable(site, "lib", folder),
    (site, folder) => install(site, { name: "lib", version: "1", files: { "__editable__.lib-1.pth": `${folder}\n` } }),
    (site, folder) =>
      install(site, {
        name: "lib",
        version: "1",
        files: {
          "__editable___lib_1_finder.py": `import sys\nMAPPING: dict[str, str] = {'lib': ${JSON.stringify(join(folder, "lib"))}}\n`,
        },
      }),
    (site, folder) => write(join(site, "lib.egg-link"), `${folder}\n.`),
    (site, folder) => {
      write(join(site, "easy-install.pth"), `${folder}\n`);
      write(join(folder, "lib.egg-info/PKG-INFO"), "Version: 1\n");
    },
  ];
  for (const [index, way] of ways.entries()) {
    const { root, site } = repository(".venv");
    const folder = join(temporaryFolder(), "lib");
    write(join(folder, "lib/__init__.py"), "x = 1\n");
    way(site, folder);
    const given = { root, venv: ".venv", memo: new Map<string, JsonValue>() };
    const before = recordOfLib(given);
    expect(before, String(index)).toMatch(/^[0-9a-f]{64}$/);
    expect(recordOfLib(given), String(index)).toBe(before);
    write(join(folder, "lib/__init__.py"), "x = 2\n");
    expect(recordOfLib(given), String(index)).not.toBe(before);
  }
});

test("in a shared environment sources of a project are inputs of whoever depends on it; in a project's own they count unless they are", () => {
  for (const [venv, upstream, isInput] of [
    [".venv", [], true],
    ["api/.venv", ["lib"], true],
    ["api/.venv", [], false],
  ] as const) {
    const { root, site } = repository(venv);
    write(join(root, "lib/lib.py"), "");
    installEditable(site, "lib", join(root, "lib"));
    expect(recordOfLib({ root, venv, upstream }) === EDITABLE, `${venv} ${upstream.join()}`).toBe(isInput);
  }
});

test("a checkout in the environment's own folder is no project's source, so it counts", () => {
  const { root, site } = repository(".venv");
  write(join(root, ".venv/src/lib/lib.py"), "1");
  installEditable(site, "lib", join(root, ".venv/src/lib"));
  const before = recordOfLib({ root, venv: ".venv" });
  write(join(root, ".venv/src/lib/lib.py"), "2");
  expect(recordOfLib({ root, venv: ".venv" })).not.toBe(before);
});

test("sources count by the names and bytes of what Python imports, wherever they lie", () => {
  const [one, other] = [temporaryFolder(), temporaryFolder()];
  for (const folder of [one, other]) write(join(folder, "src/lib/a.py"), "1");
  const digest = digestOf(one);
  expect(digestOf(other)).toBe(digest);
  for (const ignored of ["README.md", ".git/hook.py", "src/__pycache__/a.pyc", "env/lib/b.py"])
    write(join(one, ignored), "x");
  write(join(one, "env/pyvenv.cfg"), "");
  mkdirSync(join(one, "empty"));
  symlinkSync("..", join(one, "src/up"), "junction");
  expect(digestOf(one)).toBe(digest);
  write(join(one, "src/lib/b.pyi"), "");
  expect(digestOf(one)).not.toBe(digest);
});

test("what is remembered of sources holds while they look untouched, and is not kept of what changed just now", () => {
  const folder = temporaryFolder();
  write(join(folder, "a.py"), "1");
  const memo = new Map<string, JsonValue>();
  sourceDigest(folder, { memo, now: Date.now });
  expect(memo.size).toBe(0);
  const digest = sourceDigest(folder, { memo, now: LATER });
  const [key = ""] = memo.keys();
  memo.set(key, [(memo.get(key) as readonly string[])[0] ?? "", "known"]);
  expect(sourceDigest(folder, { memo, now: LATER })).toBe("known");
  utimesSync(join(folder, "a.py"), 1, 1);
  expect(sourceDigest(folder, { memo, now: LATER })).toBe(digest);
});
