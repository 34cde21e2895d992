import { buildIsFresh } from "../lib/digest.mjs";

/** The tests in test/binary run what is built: an old build would test old code. */
export function setup() {
  if (!buildIsFresh()) throw new Error("the build is missing or older than the sources: run `pnpm build` first");
}
