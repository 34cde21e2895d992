import type { CommandIo } from "@symbiotic-build/engine";

/** What a plan looks at of the repository: the files that git does not ignore, and their text. */
export type RepositoryView = Pick<CommandIo, "files" | "matcher" | "read">;
