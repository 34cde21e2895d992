/** What a section of an issue document is about, as far as anything is read from it. */
export type Section = "verification" | "files" | "outside" | "questions" | "map" | "other";

/** `other` names what often stands within one of the rest and is none of its business. */
const TITLES: Readonly<Record<Section, readonly string[]>> = {
  verification: [
    "verification",
    "verify",
    "how to verify",
    "verification commands",
    "verification steps",
    "tests",
    "testing",
    "test plan",
    "testing verification",
    "tests verification",
  ],
  files: ["files", "file scope", "scope", "files in scope", "in scope", "affected files", "files to change", "paths"],
  outside: ["out of scope", "not in scope", "non goals", "files out of scope"],
  questions: ["open questions", "open question", "questions", "unresolved questions", "unknowns", "remaining unknowns"],
  map: ["issue map", "issues map", "map of issues", "issues", "issue list", "issue order"],
  other: [
    "acceptance criteria",
    "background",
    "context",
    "deliverables",
    "dependencies",
    "implementation",
    "implementation details",
    "implementation notes",
    "notes",
    "references",
    "risks",
    "summary",
  ],
};

const SECTIONS = new Map(
  (Object.keys(TITLES) as Section[]).flatMap((section) => TITLES[section].map((title) => [title, section] as const)),
);

/** What a heading says that its section is about: numbers before it, marks and the case of letters do not count. */
export function sectionOfHeading(text: string): Section | undefined {
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/^[\s\d]+/, "")
    .trim();
  return SECTIONS.get(words);
}
