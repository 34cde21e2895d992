import type { Digest } from "../fingerprint/files/hash-file.ts";
import type { Variables } from "../fingerprint/variables.ts";
import { variablesDigest } from "./keyed-variables.ts";
import { lookAgain, type SecondLook, type Written } from "./look-again.ts";
import { indexDigest } from "./read-index.ts";
import { kindAt, type SeenTable, setState } from "./seen-paths.ts";

/** Whose work tree a run saw, under which command line, and what of it are no paths. */
export interface SeenTree {
  /** The command line, and the settings that came from variables. */
  readonly command: string;
  /** The version of the engine. */
  readonly version: string;
  /** Absolute, as git gave it. */
  readonly root: string;
  /** The user's number; `null` where the system has none. */
  readonly user: number | null;
  /** Bytes of an object id in the index. */
  readonly hashLength: number;
  /** What the index names. */
  readonly index: Digest;
  /** Names that tasks declare or that the configuration looked at; the digest of their values, and of the values that are hidden from what is shown. */
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
