import type { CommandIo, IssuesSetting, Parsed } from "@symbiotic-build/engine";
import type { IssueFilter } from "../issues/graph/filter.ts";
import type { ReadDocuments } from "./read-documents.ts";

/** What each action of `symbiotic issues` is given. */
export interface IssueAction {
  readonly parsed: Parsed;
  readonly io: CommandIo;
  readonly setting: IssuesSetting;
  readonly documents: ReadDocuments;
}

/** The issues that flags ask for. */
export function filterOf({ lists }: Parsed): IssueFilter {
  const named = (flag: string): readonly string[] => (lists.get(flag) ?? []).flatMap((each) => each.split(","));
  return { milestones: named("milestone"), projects: named("project"), ids: named("issue") };
}
