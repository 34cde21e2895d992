import { fail, ok, type Operation } from "@symbiotic-build/engine";
import { failureOf } from "./failure.ts";
import type { GitHubOptions } from "./options.ts";

/** Who is signed in. */
export const signedIn: Operation<null, { readonly login: string | null }, GitHubOptions> = {
  command: () => ({ args: ["auth", "status"] }),
  read(end) {
    // Versions differ in which stream they tell it on.
    const printed = `${end.stdout}\n${end.stderr}`;
    if (end.exitCode !== 0) return fail(failureOf(end));
    return ok({ login: /Logged in to \S+ (?:as|account) (\S+)/.exec(printed)?.[1] ?? null });
  },
};
