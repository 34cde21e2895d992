import type { PhaseData } from "../phase-data.ts";

/** Phases 16 to 20: what concerns all the others, and when a change is done. */
export const across: readonly PhaseData[] = [
  {
    number: 16,
    name: "Parallelization & Multi-Workstream Coordination",
    optional: true,
    atoms: [
      ["093", "enumerate_workflows_from_backlog"],
      ["094", "build_dependency_graph_across_streams"],
      ["095", "detect_conflicts_and_overlaps"],
      ["096", "score_parallelization_opportunities"],
      ["097", "form_parallel_execution_clusters"],
      ["098", "schedule_clustered_execution_levels"],
      ["099", "instrument_real_time_monitoring"],
      ["100", "enact_dynamic_adjustments_or_rollback"],
    ],
  },
  {
    number: 17,
    name: "Cross-Cutting: Security, Secrets, and Compliance",
    atoms: [
      ["101", "manage_env_and_secrets_safely"],
      ["102", "run_security_linters_and_scans"],
      ["103", "enforce_artifact_privacy_and_retention"],
      ["104", "audit_logging_for_tooling_and_ci"],
    ],
  },
  {
    number: 18,
    name: "Cross-Cutting: Error Handling & Recovery",
    atoms: [
      ["105", "classify_pipeline_failures"],
      ["106", "surface_actionable_diagnostics"],
      ["107", "implement_checkpoint_and_retry_policies"],
      ["108", "support_manual_override_and_escalation"],
    ],
  },
  {
    number: 19,
    name: "Cross-Cutting: Performance & Cost",
    atoms: [
      ["109", "cache_dependencies_effectively"],
      ["110", "shard_and_parallelize_tests_where_safe"],
      ["111", "watch_ci_duration_and_flakiness"],
    ],
  },
  {
    number: 20,
    name: "Definition of Done",
    atoms: [
      ["112", "precommit_hooks_clean"],
      ["113", "local_ci_green"],
      ["114", "unit_coverage_meets_threshold"],
      ["115", "integration_pass_for_affected_areas"],
      ["116", "e2e_pass_on_main_if_critical_path"],
      ["117", "artifacts_uploaded_and_linked"],
      ["118", "pr_checks_green_and_approved"],
    ],
  },
];
