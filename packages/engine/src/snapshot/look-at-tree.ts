import type { Digest } from "../fingerprint/files/hash-file.ts";
import type { Variables } from "../fingerprint/variables.ts";
import { variablesDigest } from "./keyed-variables.ts";
import { lookAgain, type SecondLook, type Written } from "./look-again.ts";
import { indexDigest } from "./read-index.ts";
import { kindAt, type SeenTable, setState } from "./seen-paths.ts";

/** What a run wrote down of a work tree beside the paths that it saw. */
export interface SeenTree {
  readonly root: string;
  readonly hashLength: number;
  readonly index: Digest;
  readonly variables: { readonly declared: readonly string[]; readonly digest: Digest };
}

/** From where and with what it is looked at again. */
export interface TreeHost {
  readonly environment: Variables;
  /** The folder that this process stands in, absolute. */
  readonly here: string;
  readonly gitDir: string;
}

/** Looks at the variables, the paths and the index of a run again; undefined where more is other than the bytes of inputs. */
export function lookAtTree(
  { root, hashLength, index, variables }: SeenTree,
  seen: SeenTable,
  { environment, here, gitDir }: TreeHost,
): SecondLook | undefined {
  if (variablesDigest(environment, variables.declared, root) !== variables.digest) return undefined;
  const look = lookAgain(seen, { root, here, now: Date.now });
  if (look === undefined) return undefined;
  const isIndexWritten = look.written.some(({ at }) => kindAt(seen, at) === "index");
  return isIndexWritten && indexDigest(gitDir, hashLength) !== index ? undefined : look;
}

/** What was read out of these is what it was; until they are written to again it need not be read again. */
export function learn(seen: SeenTable, written: readonly Written[]): void {
  for (const { at, stat, isSettled } of written) setState(seen, at, stat, isSettled);
}

/** Whether a look found states that are worth writing down: the next look is shorter with them. */
export function hasNews({ hasLearned, written }: SecondLook): boolean {
  return hasLearned || written.some(({ isSettled }) => isSettled);
}
