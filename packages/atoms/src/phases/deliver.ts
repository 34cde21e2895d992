import type { PhaseData } from "../phase-data.ts";

/** Phases 12 to 15: from the commit to the release. */
export const deliver: readonly PhaseData[] = [
  {
    number: 12,
    name: "Commit, PR, and Branch Protections",
    atoms: [
      [
        "070",
        "commit_fix_with_conventional_message",
        {
          purpose: "Commit a change with a message of the agreed form",
          inputs: ["a change", "its kind and scope"],
          outputs: ["a commit"],
          dependsOn: ["051"],
        },
      ],
      [
        "071",
        "push_branch_and_open_pr",
        {
          purpose: "Publish the branch and ask for its review, with links to the reports",
          inputs: ["a commit", "reports"],
          outputs: ["a pull request"],
          dependsOn: ["069", "070"],
        },
      ],
      [
        "072",
        "enforce_branch_protection_rules",
        {
          purpose: "Have the main branch take only what is reviewed and passed",
          inputs: ["required checks", "the branch"],
          outputs: ["rules of the branch"],
          dependsOn: ["071"],
        },
      ],
    ],
  },
  {
    number: 13,
    name: "CI Orchestration",
    atoms: [
      [
        "073",
        "ci_job_lint_types",
        {
          purpose: "Lint and type-check in CI first, so that it fails fast",
          inputs: ["the repository"],
          outputs: ["a verdict in CI"],
          dependsOn: ["021", "048"],
        },
      ],
      [
        "074",
        "ci_job_unit_linux_matrix",
        {
          purpose: "Run unit tests on each supported Python, with a cache by lockfile",
          inputs: ["the repository", "versions of Python"],
          outputs: ["verdicts in CI"],
          dependsOn: ["021", "049"],
        },
      ],
      [
        "075",
        "ci_job_integration_linux",
        {
          purpose: "Run integration tests in CI after unit tests",
          inputs: ["the repository"],
          outputs: ["a verdict in CI"],
          dependsOn: ["061", "074"],
        },
      ],
      [
        "076",
        "ci_job_pester_windows_optional",
        {
          purpose: "Run tests of PowerShell scripts on Windows",
          inputs: ["scripts in PowerShell"],
          outputs: ["a verdict in CI"],
          dependsOn: ["003", "021"],
          optional: true,
        },
      ],
      [
        "077",
        "ci_job_e2e_on_main_nightly",
        {
          purpose: "Run end-to-end tests on the main branch and each night",
          inputs: ["the main branch", "a schedule"],
          outputs: ["a verdict in CI"],
          dependsOn: ["066", "075"],
        },
      ],
      [
        "078",
        "ci_publish_artifacts",
        {
          purpose: "Keep reports of CI where people find them",
          inputs: ["reports"],
          outputs: ["published artifacts"],
          dependsOn: ["050", "073", "074"],
        },
      ],
      [
        "079",
        "ci_codecov_upload_optional",
        {
          purpose: "Send coverage to a service that shows its course",
          inputs: ["Cobertura", "a token"],
          outputs: ["coverage in the service"],
          dependsOn: ["067", "078"],
          optional: true,
        },
      ],
      [
        "080",
        "ci_slack_notification_on_failure",
        {
          purpose: "Tell people where they talk that CI failed",
          inputs: ["a failed job"],
          outputs: ["a message with a link"],
          dependsOn: ["078"],
        },
      ],
    ],
  },
  {
    number: 14,
    name: "Auger-Assisted Test Generation",
    optional: true,
    atoms: [
      [
        "081",
        "select_pure_module_for_recording",
        {
          purpose: "Choose a module whose functions give the same result for the same arguments",
          inputs: ["sources"],
          outputs: ["a module"],
          dependsOn: ["012"],
        },
      ],
      [
        "082",
        "author_minimal_driver_script",
        {
          purpose: "Write a small program that uses the module as it is used",
          inputs: ["the module"],
          outputs: ["a driver"],
          dependsOn: ["081"],
        },
      ],
      [
        "083",
        "wrap_driver_with_auger_magic",
        {
          purpose: "Have the driver record calls and results",
          inputs: ["the driver", "the recorder"],
          outputs: ["a recording driver"],
          dependsOn: ["082"],
        },
      ],
      [
        "084",
        "execute_driver_in_isolated_env",
        {
          purpose: "Run the driver where it can do no harm",
          inputs: ["the recording driver", "an environment"],
          outputs: ["recorded calls"],
          dependsOn: ["009", "083"],
        },
      ],
      [
        "085",
        "collect_generated_unittest_files",
        {
          purpose: "Collect the tests that were made of what was recorded",
          inputs: ["recorded calls"],
          outputs: ["tests"],
          dependsOn: ["084"],
        },
      ],
      [
        "086",
        "curate_and_deduplicate_cases",
        {
          purpose: "Take out tests that depend on time or files, or say the same twice",
          inputs: ["collected tests"],
          outputs: ["fewer tests"],
          dependsOn: ["085"],
        },
      ],
      [
        "087",
        "mark_generated_tests_for_selection",
        {
          purpose: "Mark tests that were made so that they can be chosen or left out",
          inputs: ["curated tests"],
          outputs: ["marked tests"],
          dependsOn: ["014", "086"],
        },
      ],
      [
        "088",
        "run_pytest_and_commit_curated_tests",
        {
          purpose: "Run curated tests and commit those that are stable",
          inputs: ["marked tests"],
          outputs: ["tests in the repository"],
          dependsOn: ["037", "087"],
        },
      ],
    ],
  },
  {
    number: 15,
    name: "Merge, Release, and Cleanup",
    atoms: [
      [
        "089",
        "merge_pr_via_squash_or_merge",
        {
          purpose: "Merge a reviewed change as the repository does",
          inputs: ["a pull request that may be merged"],
          outputs: ["a commit on the main branch"],
          dependsOn: ["072", "118"],
        },
      ],
      [
        "090",
        "tag_release_if_applicable",
        {
          purpose: "Give a release its number, and say what is new",
          inputs: ["commits since the last release"],
          outputs: ["a tag", "a changelog"],
          dependsOn: ["089"],
        },
      ],
      [
        "091",
        "delete_feature_branch",
        {
          purpose: "Remove a branch that was merged",
          inputs: ["a merged branch"],
          outputs: ["no branch"],
          dependsOn: ["089"],
        },
      ],
      [
        "092",
        "sync_local_main_and_dependencies",
        {
          purpose: "Have the local main branch and dependencies as they are upstream",
          inputs: ["the remote", "lockfiles"],
          outputs: ["an up-to-date work tree"],
          dependsOn: ["089"],
        },
      ],
    ],
  },
];
