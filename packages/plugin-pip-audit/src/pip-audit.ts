import {
  fail,
  joinRepo,
  ok,
  type Command,
  type CommandContext,
  type CommandResult,
  type Context,
  type Diagnostic,
  type Inputs,
  type RepoPath,
  type Result,
  type ToolSpec,
} from "@symbiotic-build/engine";
import { count, pythonRequirements, stopped, type Report, type Validator } from "@symbiotic-build/validator";
import type { PipAuditFacts } from "./facts.ts";
import type { PipAuditOptions } from "./options.ts";
import { readReport } from "./report.ts";

type Seen = Context<PipAuditOptions, PipAuditFacts>;

/** Asks an advisory service what is known of the packages of a project. */
export const pipAudit: Validator<PipAuditOptions, PipAuditFacts> = {
  tool: "pip-audit",
  atom: "run_pip_audit",
  alias: "pip-audit",
  title: "pip-audit",
  describe: "Look for known vulnerabilities in Python packages with pip-audit",
  implements: ["102"],
  lane: "security",
  applies: ({ facts }) => facts.manifest !== null,
  tools,
  inputs,
  command,
  cache: "it asks an advisory service",
  finished: [0, 1],
  report,
  gate: {
    id: "pip_audit_clean",
    title: "pip-audit clean",
    describe: "No more advisories than are allowed concern the packages of the project",
    required: ({ facts }) => facts.isUsed,
  },
  // It needs the network, which other validators do not.
  targets: ["audit"],
};

/** A pip-audit of its own environment could look only at itself, unless it is told of another or of files. */
function tools({ options }: Seen): readonly ToolSpec[] {
  const isFree = options.requirements.length > 0 || options.python !== undefined;
  return [
    {
      name: "pip-audit",
      kind: "python-module",
      module: "pip_audit",
      distribution: "pip-audit",
      ...(isFree ? { install: { registry: "pypi", package: "pip-audit", version: "2.10.1" } } : {}),
    },
  ];
}

function inputs({ options, project }: Seen): Inputs {
  return {
    ...pythonRequirements,
    literal: options.requirements.map((path) => joinRepo(project.root, path)),
    variables: ["PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONFIG_FILE"],
  };
}

function command({ tool, options }: CommandContext<PipAuditOptions, PipAuditFacts>): Command {
  const { requirements, python } = options;
  const isEnvironment = requirements.length === 0;
  return {
    argv: [
      ...tool.argv,
      ...(isEnvironment ? ["--local"] : requirements.flatMap((path) => ["--requirement", path])),
      ...["--format", "json", "--progress-spinner", "off", "--desc", "off"],
      ...["--vulnerability-service", options.service],
      ...(options.osvUrl === undefined ? [] : ["--osv-url", options.osvUrl]),
      ...options.ignore.flatMap((id) => ["--ignore-vuln", id]),
      ...options.args,
    ],
    // `python -m` would import a project's own `requests/` in the place of what pip-audit needs.
    env: { PYTHONSAFEPATH: "1", ...(isEnvironment && python !== undefined ? { PIPAPI_PYTHON_LOCATION: python } : {}) },
    stdout: "data",
  };
}

function report(
  result: CommandResult,
  { facts, options, project }: CommandContext<PipAuditOptions, PipAuditFacts>,
): Result<Report, Diagnostic> {
  // 1 says that there are findings, and also that there is no report.
  if (result.exitCode === 1 && result.stdout.trim() === "") return fail(stopped("pip-audit", result, HINT));
  const [first] = options.requirements;
  const file: RepoPath = first === undefined ? (facts.manifest ?? ".") : joinRepo(project.root, first);
  const read = readReport(result.stdout, file);
  if (!read.ok) return read;
  const { findings, audited, notAudited } = read.value;
  const left = notAudited.length === 0 ? "" : `, ${count(notAudited.length, "package")} not audited`;
  return ok({
    findings,
    metrics: [{ name: "audited", value: audited, unit: "packages" }],
    ...(left === "" ? {} : { data: { notAudited } }),
    summary: `${findings.length === 0 ? "ok" : count(findings.length, "finding")}${left}`,
  });
}

const HINT = "correct what pip-audit complains of; it asks an advisory service, so the network has to let it through";
