import type { NarrowedAtom } from "@symbiotic-build/engine";
import { testPlugin, type TestedAtom, type TestedPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import { node, type NodeOptionsInput } from "../../src/index.ts";

type Scripts = Readonly<Record<string, string>>;

/** A workspace of two packages, `web` on `core`, each with these scripts. */
function workspace(scripts: Scripts, given?: NodeOptionsInput, root: object = {}): TestedPlugin {
  return testPlugin(node(given), {
    files: {
      "package.json": JSON.stringify({ name: "shop", workspaces: ["packages/*"], ...root }),
      "tsconfig.base.json": "{}",
      ".eslintrc": "{}",
      "README.md": "",
      "package-lock.json": "{}",
      "packages/core/package.json": JSON.stringify({ name: "core", version: "1.2.3", scripts }),
      "packages/core/src/core.ts": "",
      "packages/web/package.json": JSON.stringify({
        name: "web",
        dependencies: { core: "*" },
        scripts,
        config: { port: 80 },
      }),
      "packages/web/src/web.ts": "",
      "packages/web/dist/web.js": "",
    },
  });
}

function atom(name: string, text: string, given?: NodeOptionsInput): TestedAtom {
  return workspace({ [name]: text }, given).atom(`run_${name}_script`, "web");
}

test("a script runs in the shell, with the programs of all folders above it and with npm's variables", () => {
  expect(atom("test", "vitest run && echo ok").command()).toEqual({
    argv: ["vitest run && echo ok"],
    shell: true,
    programs: ["packages/web/node_modules/.bin", "packages/node_modules/.bin", "node_modules/.bin"],
    env: {
      npm_command: "run-script",
      npm_lifecycle_event: "test",
      npm_package_name: "web",
      npm_package_config_port: "80",
    },
  });
});

test("its tool is the Node that would run it", () => {
  expect(atom("test", "x").tools).toEqual([
    { name: "node", kind: "path-executable", bin: "node", version: ["--version"] },
  ]);
});

test("without settings all files of the package and of those it depends on count, and the settings at the root", () => {
  const check = atom("test", "x");
  expect(check.inputFiles).toEqual([
    ".eslintrc",
    "packages/core/package.json",
    "packages/core/src/core.ts",
    "packages/web/dist/web.js",
    "packages/web/package.json",
    "packages/web/src/web.ts",
    "tsconfig.base.json",
  ]);
  expect(check.inputs).toMatchObject({ resolved: true, platform: true });
});

test("with inputs only those count, and the manifest", () => {
  const files = (inputs: readonly string[]): readonly string[] =>
    atom("test", "x", { scripts: { test: { inputs } } }).inputFiles;
  expect(files(["src/**"])).toEqual(["packages/web/package.json", "packages/web/src/web.ts"]);
  expect(files(["src/**", "^src/**", "/tsconfig.base.json"])).toEqual([
    "packages/core/src/core.ts",
    "packages/web/package.json",
    "packages/web/src/web.ts",
    "tsconfig.base.json",
  ]);
  expect(files(["!dist/**"])).toEqual(["packages/web/package.json", "packages/web/src/web.ts"]);
  expect(files(["src/"])).toEqual(["packages/web/package.json", "packages/web/src/web.ts"]);
});

test("what a script makes is no input of it", () => {
  const build = atom("build", "x", { scripts: { build: { outputs: ["dist/"] } } });
  expect(build.inputFiles).not.toContain("packages/web/dist/web.js");
  expect(build.outputs).toEqual(["packages/web/dist/"]);
});

test.each<[string, string, NodeOptionsInput]>([
  ["prebuild", "a", {}],
  ["postbuild", "b", {}],
])("%s runs with build and not by itself", (name, text, given) => {
  const kit = workspace({ build: "tsc", [name]: text }, given);
  expect(kit.atom(`run_${name}_script`, "web").applies).toBe(false);
  const line = name === "prebuild" ? "(a) && tsc" : "(tsc) && (b)";
  expect(kit.atom("run_build_script", "web").command().argv).toEqual([line]);
});

test("pnpm before 9 and the newer Yarn do not run what begins with pre and post", () => {
  for (const packageManager of ["pnpm@8.15.0", "yarn@4.1.0"]) {
    const kit = workspace({ build: "tsc", prebuild: "a" }, {}, { packageManager });
    expect(kit.atom("run_build_script", "web").command().argv, packageManager).toEqual(["tsc"]);
    expect(kit.atom("run_prebuild_script", "web").applies, packageManager).toBe(true);
  }
  const pnpm9 = workspace({ build: "tsc", prebuild: "a" }, {}, { packageManager: "pnpm@9.0.0" });
  expect(pnpm9.atom("run_build_script", "web").command().argv).toEqual(["(a) && tsc"]);
  const forced = workspace({ build: "tsc", prebuild: "a" }, { prePost: false });
  expect(forced.atom("run_build_script", "web").command().argv).toEqual(["tsc"]);
});

test.each([
  ["dev", "vite", { skipped: "it runs until it is stopped: start it by hand" }],
  ["test", "vitest --watch", { skipped: "it runs until it is stopped: start it by hand" }],
  ["build", "turbo run build", { skipped: "it starts the scripts of other packages, which run as tasks of their own" }],
  ["test", "symbiotic run test", false],
  ["lint", "eslint .", true],
])("%s (%s) applies: %j", (name, text, applies) => {
  expect(atom(name, text).applies).toEqual(applies);
});

test("a script that looks as if it never ended runs if the configuration says that it does", () => {
  expect(atom("start", "node once.js", { scripts: { start: { persistent: false } } }).applies).toBe(true);
});

test.each([["prepare"], ["postinstall"], ["prepublishOnly"], ["version"]])(
  "%s is the package manager's and no atom",
  (name) => {
    expect(() => workspace({ [name]: "x" }).atom(`run_${name.toLowerCase()}_script`, "web")).toThrow(
      "there is no atom",
    );
  },
);

test("what npm init writes for tests is no test", () => {
  const text = 'echo "Error: no test specified" && exit 1';
  expect(() => atom("test", text)).toThrow("there is no atom");
});

test("settings for all scripts, for one, and for single packages come one over the other", () => {
  const kit = workspace(
    { test: "x" },
    {
      scripts: { "*": { env: { A: "1" }, variables: ["X"] }, test: { env: { A: "2" } } },
      packages: {
        web: { scripts: { test: { inputs: ["src/**"] } } },
        "./packages/co*": { scripts: { "*": { env: { A: "3" } } } },
      },
    },
  );
  const [web, core] = [kit.atom("run_test_script", "web"), kit.atom("run_test_script", "core")];
  expect(web.command().env).toMatchObject({ A: "2" });
  expect(core.command().env).toMatchObject({ A: "3" });
  expect(web.inputs.variables).toContain("X");
  expect(web.inputFiles).toEqual(["packages/web/package.json", "packages/web/src/web.ts"]);
  expect(core.inputFiles).toContain("packages/core/src/core.ts");
});

test("a mistake in the options is refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(node({ scripts: { build: { output: ["dist"] } } }))).toThrow("SYM1203");
});

test("only what is said of a script in a package makes its key: not what is said of others", () => {
  const params = (given: NodeOptionsInput, project = "web"): unknown => derivedParams(given, project);
  const plain = params({ scripts: { test: { inputs: ["src/**"] } } });
  const others = { lint: { inputs: ["x"] } };
  const core = { core: { scripts: { test: { env: { A: "1" } } } } };
  expect(params({ scripts: { test: { inputs: ["src/**"] }, ...others }, packages: core })).toEqual(plain);
  expect(params({ scripts: { test: { inputs: ["src/**"], timeout: 3, retries: 2, dependsOn: [] } } })).toEqual(plain);
  expect(params({ scripts: { test: { inputs: ["lib/**"] } } })).not.toEqual(plain);
  expect(params({ scripts: { test: { inputs: ["src/**"] } }, packages: core }, "core")).not.toEqual(plain);
});

test.each<[string, NodeOptionsInput, boolean | string]>([
  ["test", {}, true],
  ["build", {}, "nothing says what it makes: name it in `outputs` of the script `build`"],
  ["build", { scripts: { build: { outputs: ["dist"] } } }, true],
  ["build", { scripts: { build: { outputs: [] } } }, true],
  ["build", { scripts: { "*": { cache: true } } }, true],
  ["test", { packages: { web: { scripts: { test: { cache: false } } } } }, false],
])("whether the result of %s is kept with %j: %j", (script, given, cache) => {
  const made = derivedIn(given, "web", script);
  expect(made !== false && made?.cache).toBe(cache);
});

function derivedParams(given: NodeOptionsInput, project: string): unknown {
  const made = derivedIn(given, project, "test");
  return made === false ? made : made?.params;
}

function derivedIn(given: NodeOptionsInput, project: string, script: string): NarrowedAtom | false | undefined {
  const { spec, options } = node(given);
  const files = [{ path: "package.json", text: JSON.stringify({ name: "web", scripts: { [script]: "x" } }) }];
  const made = spec.derive?.({ options: spec.options.parse(options), files });
  if (made?.ok !== true) throw new Error("not derived");
  return spec.narrow?.(made.value.atoms[0]?.params ?? null, {
    ...{ name: project, root: project, manifests: [], dependsOn: [], tags: [], nested: [], environments: [] },
  });
}
