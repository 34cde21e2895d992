import type { PhaseData } from "../phase-data.ts";

/** Phases 4 to 7: static checks, unit tests and the local gate. */
export const check: readonly PhaseData[] = [
  {
    number: 4,
    name: "Fast Static Triage",
    atoms: [
      [
        "031",
        "run_ruff_lint",
        {
          purpose: "Find mistakes and bad style in Python within seconds",
          inputs: ["Python sources", "ruff's settings"],
          outputs: ["findings"],
          dependsOn: ["012", "016"],
        },
      ],
      [
        "032",
        "run_black_check",
        {
          purpose: "Find files that are not formatted as agreed",
          inputs: ["Python sources", "the formatter's settings"],
          outputs: ["findings"],
          dependsOn: ["012", "016"],
        },
      ],
      [
        "033",
        "run_mypy_typecheck",
        {
          purpose: "Find code whose types do not fit, changed paths first",
          inputs: ["Python sources", "mypy's settings", "installed packages"],
          outputs: ["findings"],
          dependsOn: ["012", "016"],
        },
      ],
      [
        "034",
        "aggregate_static_findings",
        {
          purpose: "Bring what all static tools found into one form",
          inputs: ["findings of each tool"],
          outputs: ["findings in one schema", "SARIF"],
          dependsOn: ["031", "032", "033"],
        },
      ],
      [
        "035",
        "classify_static_failures",
        {
          purpose: "Say for each finding who can mend it: a tool, a person, an agent",
          inputs: ["findings in one schema"],
          outputs: ["findings by lane"],
          dependsOn: ["034"],
        },
      ],
    ],
  },
  {
    number: 5,
    name: "Targeted Unit Tests",
    atoms: [
      [
        "036",
        "select_impacted_unit_tests",
        {
          purpose: "Choose the tests that a change can break",
          inputs: ["changed paths", "what each test reads"],
          outputs: ["the tests to run"],
          dependsOn: ["027"],
        },
      ],
      [
        "037",
        "run_pytest_unit_with_coverage",
        {
          purpose: "Run unit tests and measure which lines they reach",
          inputs: ["tests", "sources", "the environment"],
          outputs: ["outcomes of tests", "coverage"],
          dependsOn: ["012", "014", "036"],
        },
      ],
      [
        "038",
        "parallelize_unit_suite_optional",
        {
          purpose: "Run unit tests on several processors",
          inputs: ["tests", "processors"],
          outputs: ["the same outcomes in less time"],
          dependsOn: ["037"],
          optional: true,
        },
      ],
      [
        "039",
        "enforce_coverage_budget",
        {
          purpose: "Refuse a change that leaves too much code without tests",
          inputs: ["coverage", "the wanted share"],
          outputs: ["a verdict"],
          dependsOn: ["015", "037"],
        },
      ],
      [
        "040",
        "export_junit_and_coverage_artifacts",
        {
          purpose: "Leave outcomes and coverage in forms that other programs read",
          inputs: ["outcomes of tests", "coverage"],
          outputs: ["JUnit", "Cobertura", "pages of coverage"],
          dependsOn: ["037"],
        },
      ],
    ],
  },
  {
    number: 6,
    name: "Red/Green Rapid Loop",
    atoms: [
      [
        "041",
        "start_loop_on_fail",
        {
          purpose: "After a failure run first what failed",
          inputs: ["outcomes of the last run"],
          outputs: ["a run of what failed"],
          dependsOn: ["037"],
        },
      ],
      [
        "042",
        "route_fix_lane_lint_format",
        {
          purpose: "Have linters and formatters mend what they can by themselves",
          inputs: ["findings of the lint and format lanes"],
          outputs: ["changed sources", "a difference"],
          dependsOn: ["035"],
        },
      ],
      [
        "043",
        "route_fix_lane_types_interfaces",
        {
          purpose: "Mend signatures, protocols and other types that do not fit",
          inputs: ["findings of the type lane"],
          outputs: ["changed sources"],
          dependsOn: ["035"],
        },
      ],
      [
        "044",
        "route_fix_lane_behavior",
        {
          purpose: "Mend behaviour that tests say is wrong, and tests that are missing",
          inputs: ["failed tests", "sources"],
          outputs: ["changed sources and tests"],
          dependsOn: ["035", "041"],
        },
      ],
      [
        "045",
        "update_shared_fixtures_as_needed",
        {
          purpose: "Mend what tests have in common where many fail for the same reason",
          inputs: ["failed tests", "conftest.py"],
          outputs: ["changed conftest.py"],
          dependsOn: ["044"],
        },
      ],
      [
        "046",
        "repeat_unit_tests_until_green",
        {
          purpose: "Run tests after each edit until all pass",
          inputs: ["changed files", "tests"],
          outputs: ["outcomes of tests, all passed"],
          dependsOn: ["041"],
        },
      ],
    ],
  },
  {
    number: 7,
    name: "Local CI Bundle",
    atoms: [
      [
        "047",
        "run_local_ci_script",
        {
          purpose: "Run all that guards a push, with one command",
          inputs: ["the repository"],
          outputs: ["stages with their verdicts"],
          dependsOn: ["042", "046"],
        },
      ],
      [
        "048",
        "stage1_lint_types",
        {
          purpose: "Lint, format and types, changed paths first and then all",
          inputs: ["sources", "what changed"],
          outputs: ["verdicts of static gates"],
          dependsOn: ["031", "032", "033", "047"],
        },
      ],
      [
        "049",
        "stage2_unit_tests",
        {
          purpose: "Unit tests with coverage",
          inputs: ["tests", "sources"],
          outputs: ["verdicts of test gates"],
          dependsOn: ["037", "048"],
        },
      ],
      [
        "050",
        "stage3_static_artifacts_emit",
        {
          purpose: "Leave reports where people and programs find them",
          inputs: ["findings", "outcomes of tests", "coverage"],
          outputs: ["reports in artifacts/"],
          dependsOn: ["034", "040", "049"],
        },
      ],
      [
        "051",
        "compute_local_ci_exit_code",
        {
          purpose: "Say with one exit code whether a push may go on",
          inputs: ["verdicts of all stages"],
          outputs: ["an exit code"],
          dependsOn: ["048", "049", "050"],
        },
      ],
    ],
  },
];
