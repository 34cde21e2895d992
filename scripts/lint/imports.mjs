import { dirname, relative, resolve } from "node:path";
import { ROOT } from "../lib/paths.mjs";

/** The folders of the engine in the order of a run: each may import only from itself and from those before it. */
export const STAGES = [
  "core",
  "redact",
  "plugin",
  "isolation",
  "config",
  "workspace",
  "graph",
  "fingerprint",
  "finding",
  "intent",
  "cache",
  "journal",
  "staged",
  "gate",
  "execute",
  "guard",
  "worktree",
  "commit",
  "agent",
  "platform",
  "edit",
  "schedule",
  "workflow",
  "report",
  "watch",
  "snapshot",
  "kept-graph",
  "verify",
  "unknown-names.ts",
  "ask-repository.ts",
  "compare.ts",
  "demand.ts",
  "open.ts",
  "open-shape.ts",
  "open-known.ts",
  "open-kept.ts",
  "moved-environments.ts",
  "base",
  "added-names.ts",
  "plan.ts",
  "request.ts",
  "lookup.ts",
  "announce.ts",
  "security-checks.ts",
  "gates-over.ts",
  "tell-hits.ts",
  "seen-by-run.ts",
  "needs-of-ran.ts",
  "remember-ran.ts",
  "remember.ts",
  "keep-graph.ts",
  "find-snapshot.ts",
  "recall.ts",
  "run-parts.ts",
  "open-base-tree.ts",
  "settle.ts",
  "judge",
  "run.ts",
  "cli",
];

const ENGINE = "@symbiotic-build/engine";
const PUBLIC = new Set([ENGINE, `${ENGINE}/testing`, "@symbiotic-build/validator"]);
/** The command composes the engine with its plugins, so it may also call the engine's command line. */
const PUBLIC_FOR_CLI = new Set([ENGINE, `${ENGINE}/cli`]);
/** What a pure plugin cannot need: files, processes, threads and the network are the engine's. */
const IMPURE =
  /^(node:)?(fs|child_process|worker_threads|cluster|net|tls|http|https|http2|dgram|dns|process|vm|inspector)(\/|$)/;

/**
 * Where imports may point, types included: downwards through the stages of the engine, through the public API between
 * packages, and to nothing impure from a plugin.
 * @type {import("eslint").Rule.RuleModule}
 */
export const imports = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      direction: "{{from}} may not import from {{to}}: imports go only to the stages before it (see ARCHITECTURE.md)",
      stage: "{{from}} is no stage of the engine: name it in scripts/lint/imports.mjs, at its place in the order",
      outside: "`{{source}}` leaves this package: import the other one by its name",
      deep: "`{{source}}` is not public: use {{public}}",
      impure: "plugins are data and pure functions: `{{source}}` belongs to the engine",
      barrel: "re-export only in a package's index.ts or testing.ts: import from where it is defined",
    },
  },
  create(context) {
    const place = placeOf(context.filename);
    if (!place) return {};
    /** @param {import("eslint").Rule.Node} node @param {unknown} source */
    const check = (node, source) => {
      if (typeof source !== "string") return;
      const problem = problemOf(place, source);
      if (problem) context.report({ node, messageId: problem.id, data: { source, ...problem.data } });
    };
    /** @param {any} node */
    const reExport = (node) => {
      if (!node.source) return;
      check(node, node.source.value);
      if (!place.isSurface && !place.isTest) context.report({ node, messageId: "barrel" });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => check(node, "value" in node.source ? node.source.value : undefined),
      ExportAllDeclaration: reExport,
      ExportNamedDeclaration: reExport,
      /** @param {any} node */
      TSImportType: (node) => check(node, node.source?.value ?? node.argument?.literal?.value),
      /** @param {any} node */
      "CallExpression[callee.property.name='getBuiltinModule'], CallExpression[callee.name='require']": (node) =>
        check(node, node.arguments[0]?.value),
    };
  },
};

/**
 * @typedef {object} Place
 * @property {string} folder the folder of the package
 * @property {string} kind engine, cli or plugin
 * @property {string} file
 * @property {string} inside the path inside src/, or "" outside it
 * @property {boolean} isTest
 * @property {boolean} isSurface
 * @property {boolean} isProgram
 */

/**
 * @param {string} file
 * @returns {Place | undefined}
 */
function placeOf(file) {
  const path = relative(ROOT, file).replaceAll("\\", "/");
  const match = /^packages\/([^/]+)\/(.*)$/.exec(path);
  if (!match) return undefined;
  const [, name = "", rest = ""] = match;
  return {
    folder: resolve(ROOT, "packages", name),
    kind: name === "engine" || name === "cli" ? name : "plugin",
    file,
    inside: rest.startsWith("src/") ? rest.slice("src/".length) : "",
    isTest: !rest.startsWith("src/") || /\.test(-d)?\.ts$/.test(rest),
    isSurface: rest === "src/index.ts" || rest === "src/testing.ts",
    isProgram: name === "plugin-ruff" && rest.startsWith("src/wasm/"),
  };
}

/** @typedef {{ id: string, data?: Record<string, string> } | undefined} Problem */

/**
 * @param {Place} place
 * @param {string} source
 * @returns {Problem}
 */
function problemOf(place, source) {
  if (source.startsWith("@symbiotic-build/")) return packageProblem(place, source);
  if (source.startsWith(".")) return relativeProblem(place, source);
  const isPure = place.kind === "plugin" && !place.isTest && !place.isProgram;
  return isPure && IMPURE.test(source) ? { id: "impure" } : undefined;
}

/**
 * @param {Place} place
 * @param {string} source
 * @returns {Problem}
 */
function packageProblem(place, source) {
  const isDeep = source.split("/").length > 2;
  const allowed = place.kind === "cli" ? PUBLIC_FOR_CLI : PUBLIC;
  if (allowed.has(source) || (place.kind === "cli" && !isDeep)) return undefined;
  if (place.isTest && !isDeep) return undefined;
  return { id: "deep", data: { public: [...allowed].join(" or ") } };
}

/**
 * @param {Place} place
 * @param {string} source
 * @returns {Problem}
 */
function relativeProblem(place, source) {
  const target = resolve(dirname(place.file), source);
  const inPackage = relative(place.folder, target).replaceAll("\\", "/");
  if (inPackage.startsWith("..")) return isSharedTest(place, target) ? undefined : { id: "outside" };
  if (place.kind !== "engine" || place.isTest || !inPackage.startsWith("src/")) return undefined;
  return stageProblem(place.inside, inPackage.slice("src/".length));
}

/**
 * Tests may use the helpers that all packages share.
 * @param {Place} place
 * @param {string} target
 */
function isSharedTest(place, target) {
  return place.isTest && relative(ROOT, target).replaceAll("\\", "/").startsWith("test/");
}

/**
 * @param {string} from inside src/
 * @param {string} to inside src/
 * @returns {Problem}
 */
function stageProblem(from, to) {
  const [fromStage, toStage] = [stageOf(from), stageOf(to)];
  if (fromStage === "surface") return undefined;
  const [a, b] = [STAGES.indexOf(fromStage), STAGES.indexOf(toStage)];
  if (a === -1) return { id: "stage", data: { from: fromStage } };
  return b === -1 || b > a ? { id: "direction", data: { from: fromStage, to: toStage } } : undefined;
}

/** @param {string} path */
function stageOf(path) {
  if (path === "index.ts" || path === "testing.ts" || path.startsWith("testing/")) return "surface";
  return path.split("/")[0] ?? "";
}
