/** An interpreter as results depend on it. */
export type InterpreterIdentity = {
  readonly implementation: string;
  readonly version: string;
  readonly abi: string;
};

/** Name, version, and the digest of what it consists of (`null` where unknown, `editable` where that is sources which are inputs). */
export type DistributionIdentity = readonly [name: string, version: string, record: string | null];

/**
 * Everything about a tool that its result depends on: what the fingerprint's record holds. It is JSON, it has no path
 * and no time in it, and it is the same on each machine that has the same tool.
 */
export type ToolIdentity =
  | {
      readonly kind: "python";
      readonly name: string;
      readonly version: string;
      readonly interpreter: InterpreterIdentity;
      /** Every distribution that the interpreter can import, sorted by name. */
      readonly distributions: readonly DistributionIdentity[];
      /** For a console script: the digest of its text without the line that names the interpreter. */
      readonly script?: string;
    }
  | { readonly kind: "executable"; readonly name: string; readonly version: string; readonly sha256: string }
  | {
      /** A program that is text and no Python: the digest of its text, in which the home folder and the repository have no name. */
      readonly kind: "script";
      readonly name: string;
      readonly version: string;
      readonly script: string;
    }
  | { readonly kind: "node"; readonly name: string; readonly version: string; readonly sha256: string };
