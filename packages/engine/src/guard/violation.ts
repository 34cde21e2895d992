import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";

/** Something that the guard does not let pass. */
export interface Violation {
  /** Of docs/errors.md: `SYM50..`. */
  readonly code: string;
  /** One sentence that says what is wrong; it holds no secret. */
  readonly message: string;
  /** The file that it is about; absent where it is about the whole change. */
  readonly path?: RepoPath;
  /** From 1, in the file as the change leaves it. */
  readonly line?: number;
  /** Which rule of its kind: the name of a pattern, the ending of a file. */
  readonly rule?: string;
  /** What to do, where that depends on more than the code. */
  readonly hint?: string;
}

/** A violation in the form that people are shown. */
export function violationDiagnostic({ code, message, path, line, hint }: Violation): Diagnostic {
  return errorOf(code, message, {
    ...(path === undefined ? {} : { location: { file: path, ...(line === undefined ? {} : { line }) } }),
    ...(hint === undefined ? {} : { hint }),
  });
}
