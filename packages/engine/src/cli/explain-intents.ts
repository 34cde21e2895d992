import { byCodeUnit } from "../core/json.ts";
import { BUILT_IN } from "../intent/intent.ts";
import { addedNames } from "../added-names.ts";
import type { Opened } from "../open.ts";
import type { CliOutput } from "./command.ts";
import { table } from "./table.ts";

/** Which validators the change asks for beyond what was named, by which rule and which signs. */
export function explainIntents(opened: Opened): CliOutput {
  const offered = new Set(addedNames(opened));
  const matched = new Map(opened.intents.map((each) => [each.intent, each]));
  const settings = Object.entries({ ...BUILT_IN, ...opened.config.settings.intents });
  const rows = settings
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([intent, rule]) => {
      const { evidence = [] } = matched.get(intent) ?? {};
      const wanted = rule === false ? [] : rule.add;
      return {
        intent,
        evidence: rule === false ? ["turned off"] : evidence,
        adds: evidence.length === 0 ? [] : wanted.filter((name) => offered.has(name)),
        lacks: evidence.length === 0 ? [] : wanted.filter((name) => !offered.has(name)),
      };
    });
  const text = rows.map(({ intent, evidence, adds, lacks }) => [
    intent,
    evidence.length === 0 ? "no sign of it" : evidence.join(", "),
    adds.length === 0 ? "" : `adds ${adds.join(", ")}`,
    lacks.length === 0 ? "" : `no plugin offers ${lacks.join(", ")}`,
  ]);
  return { exitCode: 0, json: { intents: rows }, text: table(text) };
}
