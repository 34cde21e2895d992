import type { Diagnostic, RepoPath } from "@symbiotic-build/engine";
import type { EdgeField } from "./front-matter/field.ts";
import type { Placed } from "./text/place.ts";
import type { StateKind } from "./words/state.ts";

/** A document: its path and its text. Who has them read reads the files. */
export interface SourceDocument {
  readonly path: RepoPath;
  readonly text: string;
}

/** Another issue as a document names it: by its id, by its file, or by both in a link. */
export interface Reference {
  /** As the document has it. */
  readonly text: string;
  /** Ids that it may mean, the most likely one first. */
  readonly ids: readonly string[];
  /** Files that it may mean, from the root of the repository. */
  readonly paths: readonly RepoPath[];
}

/** A reference with the field that holds it. */
export interface EdgeReference extends Placed<Reference> {
  readonly field: EdgeField;
}

/** A box to tick. */
export interface Checkbox extends Placed<string> {
  readonly isChecked: boolean;
  /** Of the section that it stands in. */
  readonly heading: string | undefined;
  /** Where the character between its brackets stands. */
  readonly mark: Placed<string>;
}

/** What an issue document says. Every value knows where it stands. */
export interface Issue {
  readonly path: RepoPath;
  readonly id: Placed<string>;
  /** Whether the id is taken from the name of the file. */
  readonly isIdDerived: boolean;
  readonly title: Placed<string>;
  readonly state: Placed<string> | undefined;
  readonly stateKind: StateKind;
  /** It lies in a folder of finished ones. */
  readonly isArchived: boolean;
  readonly milestone: Placed<string> | undefined;
  /** From the front matter, else the folder under `projects/`. */
  readonly project: Placed<string> | undefined;
  readonly parent: Placed<Reference> | undefined;
  readonly children: readonly Placed<Reference>[];
  /** In the order of the document. */
  readonly edges: readonly EdgeReference[];
  /** Whether it has a key that lists what it blocks, be it empty: then it means to list all. */
  readonly listsBlocking: boolean;
  readonly priority: Placed<string> | undefined;
  /** Smaller first. */
  readonly rank: number;
  readonly labels: readonly Placed<string>[];
  readonly estimate: Placed<string> | undefined;
  /** It says that it may be done without any change. */
  readonly needsNoChange: boolean;
  readonly checkboxes: readonly Checkbox[];
  /** Commands by which it is verified. Nobody has judged them: an issue document is text of strangers. */
  readonly verification: readonly Placed<string>[];
  /** Globs and paths of the repository that it is about. */
  readonly files: readonly Placed<string>[];
  /** What it names as its files that leads out of the repository. */
  readonly astray: readonly Placed<string>[];
  readonly openQuestions: readonly Placed<string>[];
}

/** What came of reading a document: an issue, or none; and what there is to say of it. */
export interface IssueReading {
  readonly issue: Issue | undefined;
  readonly diagnostics: readonly Diagnostic[];
}
