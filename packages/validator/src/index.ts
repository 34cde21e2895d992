/** What plugins for validators have in common: a validator is data about a tool, and a function that reads its report. */
export { argsOption } from "./args-option.ts";
export { configuredIn, type Configured, type ConfiguredBy } from "./configured.ts";
export { count } from "./count.ts";
export { findingsGate, type FindingsGate } from "./findings-gate.ts";
export { fixer, type Fixer } from "./fixer.ts";
export { foreignFolders, seenFrom } from "./folders.ts";
export { hookIds, hookRevision } from "./settings/hooks.ts";
export { isTable, tableAt, textAt, textsAt, type Table } from "./settings/table.ts";
export { NODE_LOCKS, NODE_VARIABLES, packageInputs } from "./settings/node-packages.ts";
export { PYTHON_MANIFESTS, pythonManifest, pythonRequirements } from "./settings/python-manifest.ts";
export { relativeImports } from "./settings/relative-imports.ts";
export { readToml } from "./settings/toml.ts";
export { ownFindings, pathOf, type PathStart } from "./places.ts";
export { anotherFormat, isCutOff, readJson } from "./read-json.ts";
export { apart, holdsOthers, type Shared } from "./shared.ts";
export { stopped } from "./stopped.ts";
export { validator, type Report, type Validator, type ValidatorParts } from "./validator.ts";
