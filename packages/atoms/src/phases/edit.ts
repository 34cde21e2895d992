import type { PhaseData } from "../phase-data.ts";

/** Phases 2 and 3: an edit under guard and what is made safe after it. */
export const edit: readonly PhaseData[] = [
  {
    number: 2,
    name: "Guardrailed CLI Edit Session",
    atoms: [
      ["022", "start_cli_edit_guardrail"],
      ["023", "capture_pre_edit_snapshot"],
      ["024", "execute_cli_tool_with_policies"],
      ["025", "archive_cli_session_logs"],
      ["026", "detect_cli_completion_signal"],
    ],
  },
  {
    number: 3,
    name: "Trigger & Isolation",
    atoms: [
      ["027", "detect_modified_paths_since_snapshot"],
      ["028", "create_fix_branch_and_checkpoint"],
      ["029", "annotate_commit_with_cli_metadata"],
      ["030", "write_artifact_index_json"],
    ],
  },
];
