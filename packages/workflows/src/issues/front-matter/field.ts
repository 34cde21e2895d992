/** What the front matter of an issue document can say. */
export type Field =
  | "id"
  | "title"
  | "milestone"
  | "project"
  | "state"
  | "parent"
  | "children"
  | "blocked_by"
  | "blocking"
  | "blocked"
  | "depends_on"
  | "priority"
  | "labels"
  | "estimate"
  | "files"
  | "changes";

/** The fields that say what comes before what. `blocked` lists what this one blocks, as `blocking` does. */
export type EdgeField = Extract<Field, "blocked_by" | "depends_on" | "blocking" | "blocked">;

const SPELLINGS: Readonly<Record<Field, string>> = {
  id: "id issueid",
  title: "title",
  milestone: "milestone",
  project: "project",
  state: "state status",
  parent: "parent parentid parentissue",
  children: "children child subissues subtasks",
  blocked_by: "blockedby isblockedby",
  blocking: "blocking blocks",
  blocked: "blocked",
  depends_on: "dependson dependencies depends dependency",
  priority: "priority",
  labels: "labels label tags",
  estimate: "estimate",
  files: "files filescope scope",
  changes: "changes change",
};

const FIELDS = new Map(
  (Object.keys(SPELLINGS) as Field[]).flatMap((field) => SPELLINGS[field].split(" ").map((word) => [word, field])),
) as ReadonlyMap<string, Field>;

/** The field that a key means, in any case and with `-`, `_` or spaces between its words. */
export function fieldOf(key: string): Field | undefined {
  // As most write it.
  if (Object.hasOwn(SPELLINGS, key)) return key as Field;
  return FIELDS.get(key.toLowerCase().replace(/[-_ ]/g, ""));
}
