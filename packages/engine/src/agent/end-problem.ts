import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { AgentEnd } from "../plugin/agent.ts";

const CODES: Readonly<Record<Exclude<AgentEnd, "done">, readonly [code: string, hint: string]>> = {
  refused: ["SYM5103", "the vendor will not take the same request again: correct what it names"],
  timeout: ["SYM5104", "allow it more time, or look in its log for what it waited for"],
  budget: ["SYM5105", "allow it more, or ask for less at once; its session can be gone on with"],
  "turn-limit": ["SYM5106", "allow it more turns, or ask for less at once; its session can be gone on with"],
  "usage-limit": ["SYM5107", "go on with the same session when the limit is reset"],
  "bad-reply": ["SYM5108", "its log has what it answered; another model may keep to the schema"],
  crashed: ["SYM5109", "its log has what it printed"],
  denied: ["SYM5110", "allow what it needs, or ask for something that needs less"],
};

/** An end as a person is told of it. */
export function endProblem(title: string, end: Exclude<AgentEnd, "done">, message: string): Diagnostic {
  const [code, hint] = CODES[end];
  return errorOf(code, `${title}: ${message}`, { hint });
}

/** That a reply cannot be asked for by a schema. */
export function badSchema(title: string, why: string): Diagnostic {
  return errorOf("SYM5111", `${title}: the schema of the reply cannot be used: ${why}`, {
    hint: "keep to JSON Schema without `if`, `not` and references to other documents",
  });
}
