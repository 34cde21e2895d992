import type { PhaseData } from "../phase-data.ts";

/** Phases 12 to 15: from the commit to the release. */
export const deliver: readonly PhaseData[] = [
  {
    number: 12,
    name: "Commit, PR, and Branch Protections",
    atoms: [
      ["070", "commit_fix_with_conventional_message"],
      ["071", "push_branch_and_open_pr"],
      ["072", "enforce_branch_protection_rules"],
    ],
  },
  {
    number: 13,
    name: "CI Orchestration",
    atoms: [
      ["073", "ci_job_lint_types"],
      ["074", "ci_job_unit_linux_matrix"],
      ["075", "ci_job_integration_linux"],
      ["076", "ci_job_pester_windows_optional", "optional"],
      ["077", "ci_job_e2e_on_main_nightly"],
      ["078", "ci_publish_artifacts"],
      ["079", "ci_codecov_upload_optional", "optional"],
      ["080", "ci_slack_notification_on_failure"],
    ],
  },
  {
    number: 14,
    name: "Auger-Assisted Test Generation",
    optional: true,
    atoms: [
      ["081", "select_pure_module_for_recording"],
      ["082", "author_minimal_driver_script"],
      ["083", "wrap_driver_with_auger_magic"],
      ["084", "execute_driver_in_isolated_env"],
      ["085", "collect_generated_unittest_files"],
      ["086", "curate_and_deduplicate_cases"],
      ["087", "mark_generated_tests_for_selection"],
      ["088", "run_pytest_and_commit_curated_tests"],
    ],
  },
  {
    number: 15,
    name: "Merge, Release, and Cleanup",
    atoms: [
      ["089", "merge_pr_via_squash_or_merge"],
      ["090", "tag_release_if_applicable"],
      ["091", "delete_feature_branch"],
      ["092", "sync_local_main_and_dependencies"],
    ],
  },
];
