import type { Finding } from "../core/evidence.ts";

/** How severe findings are, where that is not as their tool says; `off`: they are none. */
export type Severity = Finding["level"] | "off";

/**
 * Severities by `<tool>`, `<tool>/<rule>` or `<tool>/<beginning of rules>*`. The longest name that fits a finding counts,
 * and a whole rule before a beginning.
 */
export type Severities = Readonly<Record<string, Severity>>;

/** The severity that is set for a finding; undefined where its tool's own counts. */
export function severityOf(
  { tool, rule }: Pick<Finding, "tool" | "rule">,
  severities: Severities,
): Severity | undefined {
  const whole = severities[`${tool}/${rule}`];
  if (whole !== undefined) return whole;
  for (let length = rule.length; length >= 0; length -= 1) {
    const begun = severities[`${tool}/${rule.slice(0, length)}*`];
    if (begun !== undefined) return begun;
  }
  return severities[tool];
}
