import { JAVASCRIPT_RULES } from "./javascript.ts";
import { PYTHON_RULES } from "./python.ts";
import type { Rule } from "./rule.ts";

/** All rules of this package. */
export const RULES: readonly Rule[] = [...PYTHON_RULES, ...JAVASCRIPT_RULES];
