/** What two issues have in common, counted. */
export interface Common {
  /** Both have a file scope, and some path fits both. */
  readonly scopesMeet: boolean;
  /** Of the files of the smaller scope, how many the other one means, too: 0 to 1. */
  readonly share: number;
  /** Files that one of them has only by what its text names. */
  readonly mentioned: number;
  /** Names and endpoints that both name. */
  readonly names: number;
  /** Schemas that both write. */
  readonly schemas: number;
}

/** From here on two issues are not run at once. */
export const CONFLICT = 0.5;

const SCOPE = 0.5;
const SHARE = 0.45;
const MENTION = 0.2;
const NAME = 0.25;
const SCHEMA = 0.6;

/**
 * How likely it is that two issues get in each other's way when they are done at once, from 0 to 1:
 * `1 − (1 − scope) · 0.8^mentioned · 0.75^names · (1 − schema)`. docs/issues-plan.md says why. Pure.
 */
export function pairRisk({ scopesMeet, share, mentioned, names, schemas }: Common): number {
  const scope = scopesMeet ? SCOPE + SHARE * share : 0;
  const schema = schemas > 0 ? SCHEMA : 0;
  return 1 - (1 - scope) * (1 - MENTION) ** mentioned * (1 - NAME) ** names * (1 - schema);
}
