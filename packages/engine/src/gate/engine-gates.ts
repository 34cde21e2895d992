import { DURATION_BUDGET } from "./duration-budget.ts";
import { CHECKS_KEPT } from "./kept/checks-kept.ts";
import { SECURITY } from "./security.ts";

/** The gates that no plugin brings. */
export const ENGINE_GATES: readonly string[] = [CHECKS_KEPT, DURATION_BUDGET, SECURITY];
