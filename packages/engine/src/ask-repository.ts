import type { Diagnostic } from "./core/diagnostic.ts";
import { ok, type Result } from "./core/result.ts";
import type { Variables } from "./fingerprint/variables.ts";
import { askWorkTree } from "./workspace/git/list-files.ts";
import { askUncommitted } from "./workspace/git/read-steps.ts";
import { openRepository, type Repository } from "./workspace/git/repository.ts";

/** A repository of which git is telling the files, in processes beside this one. */
export interface AskedRepository {
  readonly repository: Repository;
  /** No later than when git began to look for files, in milliseconds since 1970. */
  readonly listedAt: number;
  /** What git prints; nothing where it has to be asked again, to say what is wrong. Git is asked once. */
  readonly listing: () => Promise<Buffer | undefined>;
  /** What is not committed, where that is compared. */
  readonly uncommitted?: Promise<Buffer | undefined>;
}

/** Where to look, and whether what is not committed will be compared. */
export interface AskRequest {
  /** Absolute. */
  readonly cwd: string;
  readonly environment: Variables;
  readonly compares?: boolean;
  /** Whether the list may turn out to be known: git is asked for it only when somebody needs it. */
  readonly mayBeKnown?: (repository: Repository) => boolean;
}

/** Asks git what takes it long before anything else is loaded: it walks the work tree while this process does the rest. */
export function askRepository({
  cwd,
  environment,
  compares = false,
  mayBeKnown = () => false,
}: AskRequest): Result<AskedRepository, Diagnostic> {
  const repository = openRepository(cwd, environment);
  if (!repository.ok) return repository;
  const listedAt = Date.now();
  let begun: Promise<Buffer | undefined> | undefined;
  const listing = (): Promise<Buffer | undefined> => (begun ??= askWorkTree(repository.value, environment));
  const ask = (): Promise<Buffer | undefined> => askUncommitted(repository.value, environment);
  const isKnown = mayBeKnown(repository.value);
  if (!isKnown) void listing();
  // One after the other: both look at every file, and this process needs a processor too.
  const uncommitted = compares ? (isKnown ? ask() : listing().then(ask)) : undefined;
  return ok({ repository: repository.value, listedAt, listing, ...(uncommitted && { uncommitted }) });
}
