import type { PhaseData } from "../phase-data.ts";

/** Phases 8 to 11: bounded fixing, the larger tests and their reports. */
export const verify: readonly PhaseData[] = [
  {
    number: 8,
    name: "Autonomous Fix Loop",
    optional: true,
    atoms: [
      [
        "052",
        "configure_auto_fix_iterations",
        {
          purpose: "Say how often mending may be tried",
          inputs: ["the configuration", "the command line"],
          outputs: ["the number of rounds"],
          dependsOn: ["047"],
        },
      ],
      [
        "053",
        "run_auto_fix_cycle_once",
        {
          purpose: "Run the local gate once and propose an edit for what failed",
          inputs: ["verdicts and findings", "a bound"],
          outputs: ["a proposed edit"],
          dependsOn: ["051", "052"],
        },
      ],
      [
        "054",
        "apply_guarded_patch",
        {
          purpose: "Put a proposed edit into the tree where it keeps to its policy; never commit it",
          inputs: ["a proposed edit", "a policy"],
          outputs: ["changed sources"],
          dependsOn: ["053"],
        },
      ],
      [
        "055",
        "emit_auto_fix_report",
        {
          purpose: "Say what was changed and why",
          inputs: ["edits", "findings before and after"],
          outputs: ["a report"],
          dependsOn: ["054"],
        },
      ],
      [
        "056",
        "terminate_auto_fix_on_green_or_limit",
        {
          purpose: "End when all is green or the bound is reached, and say which",
          inputs: ["verdicts", "rounds so far"],
          outputs: ["the end, with what is left"],
          dependsOn: ["053", "055"],
        },
      ],
    ],
  },
  {
    number: 9,
    name: "Integration Tests",
    atoms: [
      [
        "057",
        "provision_integration_env",
        {
          purpose: "Have what integration tests need: folders, repositories, variables",
          inputs: ["the tests' needs"],
          outputs: ["a prepared environment"],
          dependsOn: ["012"],
        },
      ],
      [
        "058",
        "run_pytest_integration",
        {
          purpose: "Run tests of how parts work together",
          inputs: ["integration tests", "the prepared environment"],
          outputs: ["outcomes of tests", "coverage"],
          dependsOn: ["017", "057"],
        },
      ],
      [
        "059",
        "exercise_adapters_and_endpoints",
        {
          purpose: "Use adapters and endpoints as their callers do",
          inputs: ["adapters", "endpoints"],
          outputs: ["outcomes of tests"],
          dependsOn: ["058"],
        },
      ],
      [
        "060",
        "collect_integration_artifacts",
        {
          purpose: "Keep logs and reports of integration tests",
          inputs: ["logs", "outcomes", "coverage"],
          outputs: ["artifacts"],
          dependsOn: ["058"],
        },
      ],
      [
        "061",
        "gate_on_integration_results",
        {
          purpose: "Refuse a change whose integration tests fail",
          inputs: ["outcomes of integration tests"],
          outputs: ["a verdict"],
          dependsOn: ["058", "060"],
        },
      ],
    ],
  },
  {
    number: 10,
    name: "E2E/Feature Tests",
    atoms: [
      [
        "062",
        "stage_e2e_preconditions",
        {
          purpose: "Have the services that whole-path tests need, real or replaced",
          inputs: ["the tests' needs"],
          outputs: ["services that answer"],
          dependsOn: ["057"],
        },
      ],
      [
        "063",
        "run_pytest_e2e",
        {
          purpose: "Run tests of whole paths with the real program",
          inputs: ["end-to-end tests", "services"],
          outputs: ["outcomes of tests"],
          dependsOn: ["061", "062"],
        },
      ],
      [
        "064",
        "simulate_quality_workflow",
        {
          purpose: "Go the whole way from lint to commit as a user does",
          inputs: ["the program", "an example repository"],
          outputs: ["outcomes of tests"],
          dependsOn: ["063"],
        },
      ],
      [
        "065",
        "capture_e2e_artifacts",
        {
          purpose: "Keep pictures, logs and reports of end-to-end tests",
          inputs: ["logs", "pictures", "outcomes"],
          outputs: ["artifacts"],
          dependsOn: ["063"],
        },
      ],
      [
        "066",
        "mark_e2e_required_on_main",
        {
          purpose: "Ask for end-to-end tests on the main branch and not on each pull request",
          inputs: ["the branch", "the verdict"],
          outputs: ["which checks are required"],
          dependsOn: ["063"],
        },
      ],
    ],
  },
  {
    number: 11,
    name: "Reports & Observability",
    atoms: [
      [
        "067",
        "generate_coverage_xml_html",
        {
          purpose: "Write coverage for dashboards and for people",
          inputs: ["coverage"],
          outputs: ["Cobertura", "pages of coverage"],
          dependsOn: ["037"],
        },
      ],
      [
        "068",
        "publish_local_reports_index",
        {
          purpose: "Write one page from which all reports of a run are found",
          inputs: ["reports", "findings", "verdicts"],
          outputs: ["artifacts/index.html"],
          dependsOn: ["030", "050", "067"],
        },
      ],
      [
        "069",
        "summarize_test_outcomes_for_pr",
        {
          purpose: "Write a few lines about a run for a pull request",
          inputs: ["outcomes of tests", "verdicts"],
          outputs: ["a comment in Markdown"],
          dependsOn: ["050"],
        },
      ],
    ],
  },
];
