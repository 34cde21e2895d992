import type { PhaseData } from "../phase-data.ts";

/** Phases 8 to 11: bounded fixing, the larger tests and their reports. */
export const verify: readonly PhaseData[] = [
  {
    number: 8,
    name: "Autonomous Fix Loop",
    optional: true,
    atoms: [
      ["052", "configure_auto_fix_iterations"],
      ["053", "run_auto_fix_cycle_once"],
      ["054", "apply_guarded_patch"],
      ["055", "emit_auto_fix_report"],
      ["056", "terminate_auto_fix_on_green_or_limit"],
    ],
  },
  {
    number: 9,
    name: "Integration Tests",
    atoms: [
      ["057", "provision_integration_env"],
      ["058", "run_pytest_integration"],
      ["059", "exercise_adapters_and_endpoints"],
      ["060", "collect_integration_artifacts"],
      ["061", "gate_on_integration_results"],
    ],
  },
  {
    number: 10,
    name: "E2E/Feature Tests",
    atoms: [
      ["062", "stage_e2e_preconditions"],
      ["063", "run_pytest_e2e"],
      ["064", "simulate_quality_workflow"],
      ["065", "capture_e2e_artifacts"],
      ["066", "mark_e2e_required_on_main"],
    ],
  },
  {
    number: 11,
    name: "Reports & Observability",
    atoms: [
      ["067", "generate_coverage_xml_html"],
      ["068", "publish_local_reports_index"],
      ["069", "summarize_test_outcomes_for_pr"],
    ],
  },
];
