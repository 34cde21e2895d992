import type { PhaseData } from "../phase-data.ts";

/** Phases 4 to 7: static checks, unit tests and the local gate. */
export const check: readonly PhaseData[] = [
  {
    number: 4,
    name: "Fast Static Triage",
    atoms: [
      ["031", "run_ruff_lint"],
      ["032", "run_black_check"],
      ["033", "run_mypy_typecheck"],
      ["034", "aggregate_static_findings"],
      ["035", "classify_static_failures"],
    ],
  },
  {
    number: 5,
    name: "Targeted Unit Tests",
    atoms: [
      ["036", "select_impacted_unit_tests"],
      ["037", "run_pytest_unit_with_coverage"],
      ["038", "parallelize_unit_suite_optional", "optional"],
      ["039", "enforce_coverage_budget"],
      ["040", "export_junit_and_coverage_artifacts"],
    ],
  },
  {
    number: 6,
    name: "Red/Green Rapid Loop",
    atoms: [
      ["041", "start_loop_on_fail"],
      ["042", "route_fix_lane_lint_format"],
      ["043", "route_fix_lane_types_interfaces"],
      ["044", "route_fix_lane_behavior"],
      ["045", "update_shared_fixtures_as_needed"],
      ["046", "repeat_unit_tests_until_green"],
    ],
  },
  {
    number: 7,
    name: "Local CI Bundle",
    atoms: [
      ["047", "run_local_ci_script"],
      ["048", "stage1_lint_types"],
      ["049", "stage2_unit_tests"],
      ["050", "stage3_static_artifacts_emit"],
      ["051", "compute_local_ci_exit_code"],
    ],
  },
];
