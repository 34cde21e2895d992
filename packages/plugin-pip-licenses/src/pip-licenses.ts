import {
  fail,
  joinRepo,
  ok,
  type Command,
  type CommandContext,
  type Context,
  type Inputs,
  type ToolSpec,
} from "@symbiotic-build/engine";
import { count, pythonRequirements, seenFrom, stopped, type Validator } from "@symbiotic-build/validator";
import type { PipLicensesFacts } from "./facts.ts";
import type { PipLicensesOptions } from "./options.ts";
import { judge, readReport } from "./report.ts";

type Seen = Context<PipLicensesOptions, PipLicensesFacts>;

/** Compares the licences of what is installed with those that are allowed. */
export const pipLicenses: Validator<PipLicensesOptions, PipLicensesFacts> = {
  tool: "pip-licenses",
  atom: "run_pip_licenses",
  alias: "pip-licenses",
  title: "pip-licenses",
  describe: "Check the licences of installed Python packages with pip-licenses",
  lane: "other",
  applies: ({ facts }) => facts.manifest !== null,
  tools,
  inputs: (): Inputs => pythonRequirements,
  command,
  cache: ({ options }) =>
    options.python === undefined || "the environment that `python` names is not in the key of the tool",
  finished: [0, 1],
  report(result, { facts, options }) {
    if (result.exitCode === 1) return fail(stopped("pip-licenses", result));
    const licences = readReport(result.stdout, options.ignore);
    if (!licences.ok) return licences;
    const { allow, deny, manifest } = facts;
    const findings = judge(licences.value, { allow, deny, file: manifest ?? "." });
    return ok({
      findings,
      metrics: [{ name: "packages", value: licences.value.length, unit: "packages" }],
      data: { licences: licences.value },
      summary: findings.length > 0 ? count(findings.length, "finding") : count(licences.value.length, "package"),
    });
  },
  gate: {
    id: "licences_allowed",
    title: "licences allowed",
    describe: "No more packages than are allowed have a licence that is denied, not allowed or unknown",
    required: ({ facts }) => facts.allow !== null || facts.deny !== null,
  },
};

/** A pip-licenses of its own environment could look only at itself, unless it is told of another. */
function tools({ options }: Seen): readonly ToolSpec[] {
  return [
    {
      name: "pip-licenses",
      kind: "python-module",
      module: "piplicenses",
      distribution: "pip-licenses",
      ...(options.python === undefined
        ? {}
        : { install: { registry: "pypi", package: "pip-licenses", version: "5.5.5" } }),
    },
  ];
}

/**
 * Started in the task's own, empty folder. In the project's, Python would take what lies there for installed, and settings
 * there could make it write a file or end at the first package; what of them counts is given as arguments.
 */
function command({
  tool,
  facts,
  options,
  project,
  out,
}: CommandContext<PipLicensesOptions, PipLicensesFacts>): Command {
  const { python } = options;
  return {
    argv: [
      ...tool.argv,
      ...["--from", "mixed", ...facts.args, "--format", "json"],
      ...(python === undefined ? [] : ["--python", seenFrom(out, joinRepo(project.root, python))]),
      ...options.args,
    ],
    cwd: out,
    stdout: "data",
  };
}
