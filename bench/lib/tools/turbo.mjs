import { turboTasks } from "./task-counts.mjs";
import { TASKS } from "./tool.mjs";

/** @typedef {import("./tool.mjs").Tool} Tool */

/** @type {Omit<Tool, "id" | "title" | "program" | "byNode">} */
const common = {
  peer: "turbo",
  copy: "turbo",
  packages: ["turbo", "@turbo"],
  run: ["run", ...TASKS],
  affected: ["run", ...TASKS, "--affected"],
  version: ["--version"],
  caches: [],
  env: { TURBO_SCM_BASE: "main" },
  tasks: turboTasks,
};

/** Turborepo as npm installs it: a launcher in JavaScript that starts the native program. */
/** @type {Tool} */
export const turbo = { ...common, id: "turbo", title: "turbo", program: ["turbo/bin/turbo"], byNode: true };

/** Turborepo without its launcher. */
/** @type {Tool} */
export const turboBinary = {
  ...common,
  id: "turbo-native",
  title: "turbo, native binary",
  program: [nativeTurbo()],
  byNode: false,
};

/** The native program below node_modules. */
export function nativeTurbo() {
  const { platform, arch } = process;
  return `@turbo/${platform}-${arch === "x64" ? "64" : arch}/bin/turbo`;
}
