import { guarded } from "../plugin/guarded.ts";
import { settingIn } from "../gate/decide.ts";
import type { Opened } from "../open.ts";
import { plan } from "../plan.ts";
import type { RunParts } from "../run-parts.ts";

/** The gates that count at the base, and that nothing feeds any more in the project: `lint clean of api`. Sorted by gate. */
export function lostChecks(base: Opened, { opened, request }: RunParts): readonly string[] {
  const names = request.names.filter((name) => base.index.targets.has(name) || base.index.find(name) !== undefined);
  const whole = { names, filters: [], exclude: [], environment: request.environment };
  const [was, is] = [plan(base, whole), plan(opened, { ...whole, names: request.names })];
  const unknown = [was, is].flatMap((each) => (each.ok ? [] : (each.error[0]?.message ?? "no plan")));
  // What cannot be compared is not taken for kept.
  if (!was.ok || !is.ok) return unknown.map((why) => `it cannot be told which checks there were: ${why}`);
  const left = new Set(is.value.graph.order.map(({ project, atomId }) => `${project.name}:${atomId}`));
  return base.index.gates.flatMap(({ id, gate, plugin }) => {
    if (gate.ofChange === true) return [];
    const fed = was.value.graph.order.filter(({ atomId }) => gate.reads.includes(atomId));
    const gone = fed.filter(({ project }) => !gate.reads.some((atom) => left.has(`${project.name}:${atom}`)));
    return gone.flatMap(({ context, project, plugin: owner }): string[] => {
      const setting = settingIn(base.config.settings.gates?.[id], project.name);
      const own = owner.name === plugin.name ? context : { ...context, options: plugin.options, facts: null };
      const counts = guarded(`the gate ${gate.title}`, () => setting.required ?? gate.required(own));
      return !counts.ok || counts.value ? [`no ${gate.title} of ${project.name} any more`] : [];
    });
  });
}
