import type { PhaseData } from "../phase-data.ts";

/** Phases 2 and 3: an edit under guard and what is made safe after it. */
export const edit: readonly PhaseData[] = [
  {
    number: 2,
    name: "Guardrailed CLI Edit Session",
    atoms: [
      [
        "022",
        "start_cli_edit_guardrail",
        {
          purpose: "Begin an edit by a program under a time limit and a policy",
          inputs: ["a request", "a policy"],
          outputs: ["a session"],
          dependsOn: ["012"],
        },
      ],
      [
        "023",
        "capture_pre_edit_snapshot",
        {
          purpose: "Know what the tree was before an edit",
          inputs: ["the work tree"],
          outputs: ["digests and a difference against HEAD"],
          dependsOn: ["007", "022"],
        },
      ],
      [
        "024",
        "execute_cli_tool_with_policies",
        {
          purpose: "Let a program edit, within allowed paths, a working folder and limits of what it may take",
          inputs: ["a request", "a policy", "the tree"],
          outputs: ["changed files", "what the program printed"],
          dependsOn: ["022", "023"],
        },
      ],
      [
        "025",
        "archive_cli_session_logs",
        {
          purpose: "Keep what a session said and did",
          inputs: ["transcripts and output of the session"],
          outputs: ["an archive of the session"],
          dependsOn: ["024"],
        },
      ],
      [
        "026",
        "detect_cli_completion_signal",
        {
          purpose: "Know that a session is over, and how it ended",
          inputs: ["exit code", "changes of files"],
          outputs: ["how it ended"],
          dependsOn: ["024"],
        },
      ],
    ],
  },
  {
    number: 3,
    name: "Trigger & Isolation",
    atoms: [
      [
        "027",
        "detect_modified_paths_since_snapshot",
        {
          purpose: "List what an edit changed",
          inputs: ["the tree before and after"],
          outputs: ["changed paths"],
          dependsOn: ["023", "026"],
        },
      ],
      [
        "028",
        "create_fix_branch_and_checkpoint",
        {
          purpose: "Keep the change on a branch of its own, with a point to go back to",
          inputs: ["changed paths"],
          outputs: ["a branch with a commit"],
          dependsOn: ["027"],
        },
      ],
      [
        "029",
        "annotate_commit_with_cli_metadata",
        {
          purpose: "Say in the commit which program made it, when and with which settings",
          inputs: ["the session", "the commit"],
          outputs: ["a commit that names its origin"],
          dependsOn: ["028"],
        },
      ],
      [
        "030",
        "write_artifact_index_json",
        {
          purpose: "List all that a run left, so that each piece can be found",
          inputs: ["logs", "differences", "reports"],
          outputs: ["an index of artifacts"],
          dependsOn: ["025", "027"],
        },
      ],
    ],
  },
];
