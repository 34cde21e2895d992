// Compares every validator's package with the common shape, and the tables of its README with the plugin itself; `--write` writes the tables.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { ROOT } from "./lib/paths.mjs";
import { script } from "./lib/run.mjs";
import { atomsTable, gatesTable, optionsTable, withTables } from "./lib/plugin-tables.mjs";

/** The package that all others are compared with. */
const MODEL = "bandit";
const FILES = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "package.json",
  "tsconfig.build.json",
  "src/index.ts",
  "src/options.ts",
];
/** Members of package.json that are the same in all. */
const SAME = ["version", "license", "type", "exports", "files", "engines", "peerDependencies"];

await script(async () => {
  const names = await validatorNames();
  const problems = [];
  for (const name of names)
    problems.push(...(await problemsOf(name)).map((text) => `packages/plugin-${name}  ${text}`));
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  process.stdout.write(`${names.length} validators compared\n`);
  return problems.length === 0 ? 0 : 1;
});

/** @param {string} path below packages/ */
function sources(path) {
  return import(pathToFileURL(join(ROOT, "packages", path)).href);
}

/** @returns {Promise<string[]>} */
async function validatorNames() {
  const { validators } = await sources("cli/src/validators.ts");
  return validators.map((/** @type {{ name: string }} */ { name }) => name);
}

/** @param {string} name */
async function problemsOf(name) {
  const folder = join(ROOT, "packages", `plugin-${name}`);
  const missing = FILES.filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) return missing.map((file) => `has no ${file}`);
  const module = await sources(`plugin-${name}/src/index.ts`);
  return [
    ...manifestProblems(name),
    ...testProblems(folder),
    ...moduleProblems(name, module),
    ...readmeProblems(join(folder, "README.md"), module.plugin().spec),
  ];
}

/** @param {string} name */
function manifestProblems(name) {
  const [own, model] = [name, MODEL].map((each) =>
    JSON.parse(readFileSync(join(ROOT, "packages", `plugin-${each}`, "package.json"), "utf8")),
  );
  return [
    ...SAME.filter((key) => !isDeepStrictEqual(own[key], model[key])).map(
      (key) => `package.json: \`${key}\` is another than in plugin-${MODEL}`,
    ),
    ...(own.name === `@symbiotic-build/plugin-${name}` ? [] : ["package.json: `name` is not that of its folder"]),
    ...(own.keywords?.includes("symbiotic-plugin") ? [] : ["package.json: `keywords` lacks symbiotic-plugin"]),
    ...(own.devDependencies?.["@symbiotic-build/validator"] === "workspace:^"
      ? []
      : ["package.json: the kit is no devDependency"]),
  ];
}

/** @param {string} folder */
function testProblems(folder) {
  const names = (/** @type {string} */ path) =>
    existsSync(join(folder, path)) ? readdirSync(join(folder, path), { recursive: true }).map(String) : [];
  const fixtures = names("test/fixtures").filter((file) => file.endsWith(".json"));
  const releases = new Set(
    fixtures
      .map((file) => JSON.parse(readFileSync(join(folder, "test/fixtures", file), "utf8")).version)
      .filter(Boolean),
  );
  return [
    ...(names("src").some((file) => file.endsWith(".test.ts")) ? [] : ["has no unit test beside its sources"]),
    ...(names("test/rig").some((file) => file.endsWith(".test.ts"))
      ? []
      : ["has no test with the real tool in test/rig"]),
    ...(releases.size >= 2 ? [] : [`test/fixtures holds recordings of ${releases.size} releases, and two are wanted`]),
  ];
}

/**
 * @param {string} name
 * @param {Record<string, any>} module
 */
function moduleProblems(name, module) {
  const own = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const { spec, options } = module.plugin();
  const atoms = Object.entries(spec.atoms ?? {});
  const targeted = new Set(Object.values(spec.targets ?? {}).flat());
  return [
    ...(module[own] === module.plugin ? [] : [`src/index.ts: \`${own}\` is not \`plugin\``]),
    ...(spec.name === name ? [] : [`its plugin is called ${spec.name}`]),
    ...(spec.options.safeParse(options).success ? [] : ["its options cannot be left out"]),
    ...(atoms.length > 0 ? [] : ["offers no atom"]),
    ...atoms.filter(([, { kind }]) => kind !== "check" && kind !== "edit").map(([id]) => `${id} is no check`),
    ...atoms
      .filter(([, atom]) => atom.kind === "edit" && (atom.fixes === undefined || atom.edits === undefined))
      .map(([id]) => `${id} does not say what it mends, or which files it may change`),
    ...atoms.filter(([, atom]) => atom.alias === undefined).map(([id]) => `${id} has no alias`),
    ...atoms.filter(([, atom]) => atom.tools === undefined).map(([id]) => `${id} names no tool`),
    ...atoms.filter(([id]) => !targeted.has(id)).map(([id]) => `${id} is in no target`),
  ];
}

/**
 * @param {string} file
 * @param {any} spec
 */
function readmeProblems(file, spec) {
  const text = readFileSync(file, "utf8");
  const tables = { Options: optionsTable(spec), Atoms: atomsTable(spec), Gates: gatesTable(spec) };
  const wanted = withTables(text, tables);
  if (wanted.missing.length > 0) return wanted.missing.map((heading) => `README.md has no section ${heading}`);
  if (wanted.text === text) return [];
  if (!process.argv.includes("--write"))
    return ["README.md: a table is out of date; `pnpm validators --write` writes it"];
  writeFileSync(file, wanted.text);
  return [];
}
