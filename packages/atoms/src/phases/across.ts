import type { PhaseData } from "../phase-data.ts";

/** Phases 16 to 20: what concerns all the others, and when a change is done. */
export const across: readonly PhaseData[] = [
  {
    number: 16,
    name: "Parallelization & Multi-Workstream Coordination",
    optional: true,
    atoms: [
      [
        "093",
        "enumerate_workflows_from_backlog",
        {
          purpose: "Find streams of work that have nothing to do with each other",
          inputs: ["open issues"],
          outputs: ["streams of work"],
          dependsOn: ["007"],
        },
      ],
      [
        "094",
        "build_dependency_graph_across_streams",
        {
          purpose: "Say which stream waits for which",
          inputs: ["streams of work", "what issues say"],
          outputs: ["a graph of streams"],
          dependsOn: ["093"],
        },
      ],
      [
        "095",
        "detect_conflicts_and_overlaps",
        {
          purpose: "Find streams that would change the same files or need the same thing",
          inputs: ["streams of work", "files they touch"],
          outputs: ["conflicts"],
          dependsOn: ["093"],
        },
      ],
      [
        "096",
        "score_parallelization_opportunities",
        {
          purpose: "Say how much is won by doing streams side by side, and at what risk",
          inputs: ["the graph", "conflicts"],
          outputs: ["scores"],
          dependsOn: ["094", "095"],
        },
      ],
      [
        "097",
        "form_parallel_execution_clusters",
        {
          purpose: "Gather streams that can be done side by side",
          inputs: ["scores", "the graph"],
          outputs: ["clusters"],
          dependsOn: ["096"],
        },
      ],
      [
        "098",
        "schedule_clustered_execution_levels",
        {
          purpose: "Order clusters by what waits for what, each level side by side",
          inputs: ["clusters", "the graph"],
          outputs: ["levels"],
          dependsOn: ["097"],
        },
      ],
      [
        "099",
        "instrument_real_time_monitoring",
        {
          purpose: "Show how work in progress stands, and what it costs",
          inputs: ["events of runs"],
          outputs: ["a live view"],
          dependsOn: ["098"],
        },
      ],
      [
        "100",
        "enact_dynamic_adjustments_or_rollback",
        {
          purpose: "Stop, undo or reorder where something fails",
          inputs: ["events of runs", "the plan"],
          outputs: ["a changed plan"],
          dependsOn: ["099"],
        },
      ],
    ],
  },
  {
    number: 17,
    name: "Cross-Cutting: Security, Secrets, and Compliance",
    atoms: [
      [
        "101",
        "manage_env_and_secrets_safely",
        {
          purpose: "Keep secrets out of the repository and out of what is shown",
          inputs: ["sources", "history", "output"],
          outputs: ["findings", "redacted text"],
          dependsOn: ["008"],
        },
      ],
      [
        "102",
        "run_security_linters_and_scans",
        {
          purpose: "Look for weaknesses in code and dependencies",
          inputs: ["sources", "lockfiles"],
          outputs: ["findings"],
          dependsOn: ["012"],
        },
      ],
      [
        "103",
        "enforce_artifact_privacy_and_retention",
        {
          purpose: "Keep secrets out of artifacts, and artifacts no longer than needed",
          inputs: ["artifacts", "a policy"],
          outputs: ["redacted artifacts", "what was removed"],
          dependsOn: ["030", "101"],
        },
      ],
      [
        "104",
        "audit_logging_for_tooling_and_ci",
        {
          purpose: "Know who ran what, and when",
          inputs: ["runs", "sessions"],
          outputs: ["an audit log"],
          dependsOn: ["025"],
        },
      ],
    ],
  },
  {
    number: 18,
    name: "Cross-Cutting: Error Handling & Recovery",
    atoms: [
      [
        "105",
        "classify_pipeline_failures",
        {
          purpose: "Say what sort of failure it is: static, unit, integration, end-to-end, or the machine",
          inputs: ["failed tasks"],
          outputs: ["failures by sort"],
          dependsOn: ["034", "037"],
        },
      ],
      [
        "106",
        "surface_actionable_diagnostics",
        {
          purpose: "Tell of a failure where it is, why, and what to do",
          inputs: ["failures", "logs"],
          outputs: ["diagnostics with place, reason and next step"],
          dependsOn: ["105"],
        },
      ],
      [
        "107",
        "implement_checkpoint_and_retry_policies",
        {
          purpose: "Go on after a crash, and try again what fails now and then, within bounds",
          inputs: ["the journal", "outcomes of attempts"],
          outputs: ["a resumed run", "tests known as flaky"],
          dependsOn: ["105"],
        },
      ],
      [
        "108",
        "support_manual_override_and_escalation",
        {
          purpose: "Let a person decide otherwise, on record",
          inputs: ["a verdict", "a person"],
          outputs: ["an override with its reason"],
          dependsOn: ["106"],
        },
      ],
    ],
  },
  {
    number: 19,
    name: "Cross-Cutting: Performance & Cost",
    atoms: [
      [
        "109",
        "cache_dependencies_effectively",
        {
          purpose: "Install the same dependencies once",
          inputs: ["operating system", "Python", "lockfile"],
          outputs: ["a cache by key"],
          dependsOn: ["011"],
        },
      ],
      [
        "110",
        "shard_and_parallelize_tests_where_safe",
        {
          purpose: "Divide tests among processors and machines where that is safe",
          inputs: ["tests", "durations"],
          outputs: ["shards"],
          dependsOn: ["037"],
        },
      ],
      [
        "111",
        "watch_ci_duration_and_flakiness",
        {
          purpose: "Watch durations and flaky tests over time",
          inputs: ["history of runs"],
          outputs: ["trends", "warnings"],
          dependsOn: ["107"],
        },
      ],
    ],
  },
  {
    number: 20,
    name: "Definition of Done",
    atoms: [
      [
        "112",
        "precommit_hooks_clean",
        {
          purpose: "Hooks before the commit are clean",
          inputs: ["the change"],
          outputs: ["a verdict"],
          dependsOn: ["019"],
        },
      ],
      [
        "113",
        "local_ci_green",
        { purpose: "The local gate is green", inputs: ["the change"], outputs: ["a verdict"], dependsOn: ["051"] },
      ],
      [
        "114",
        "unit_coverage_meets_threshold",
        {
          purpose: "Enough of the code is reached by unit tests",
          inputs: ["coverage"],
          outputs: ["a verdict"],
          dependsOn: ["039"],
        },
      ],
      [
        "115",
        "integration_pass_for_affected_areas",
        {
          purpose: "Integration tests pass where adapters or endpoints were touched",
          inputs: ["changed paths", "outcomes"],
          outputs: ["a verdict"],
          dependsOn: ["061"],
        },
      ],
      [
        "116",
        "e2e_pass_on_main_if_critical_path",
        {
          purpose: "End-to-end tests pass on the main branch where a critical path was touched",
          inputs: ["the branch", "outcomes"],
          outputs: ["a verdict"],
          dependsOn: ["066"],
        },
      ],
      [
        "117",
        "artifacts_uploaded_and_linked",
        {
          purpose: "Reports are published and linked",
          inputs: ["artifacts"],
          outputs: ["a verdict"],
          dependsOn: ["078"],
        },
      ],
      [
        "118",
        "pr_checks_green_and_approved",
        {
          purpose: "All required checks passed, and those who must have agreed did",
          inputs: ["checks", "reviews"],
          outputs: ["a verdict"],
          dependsOn: ["112", "113", "114", "115", "116", "117"],
        },
      ],
    ],
  },
];
