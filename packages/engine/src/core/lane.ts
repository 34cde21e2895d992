/**
 * The sort of problem that a check finds, and so who can mend it: `lint` and `format` are for the tools themselves, `type` and
 * `behaviour` take a person or an agent, `security` a decision.
 */
export type Lane = "lint" | "format" | "type" | "behaviour" | "security" | "other";

/** All lanes, in the order in which they are worth looking at. */
export const LANES: readonly Lane[] = ["lint", "format", "type", "behaviour", "security", "other"];
