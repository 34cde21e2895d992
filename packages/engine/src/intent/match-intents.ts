import { byCodeUnit } from "../core/json.ts";
import type { IntentMatched } from "../core/event.ts";
import type { RepoPath } from "../core/path.ts";
import { matcher } from "../workspace/match.ts";
import { BUILT_IN, type Intent, type IntentSettings } from "./intent.ts";

/** What is known of a change. */
export interface ChangeSigns {
  readonly paths: readonly RepoPath[];
  readonly labels: readonly string[];
  /** What was asked for, as a person wrote it. */
  readonly request?: string | undefined;
}

/** The intents of a change, by name, each with at least one sign. Pure. */
export function matchIntents(settings: IntentSettings, signs: ChangeSigns): readonly IntentMatched[] {
  const all = Object.entries({ ...BUILT_IN, ...settings }).sort(([a], [b]) => byCodeUnit(a, b));
  return all.flatMap(([name, intent]) => {
    const evidence = intent === false ? [] : evidenceOf(intent, signs);
    return intent === false || evidence.length === 0 ? [] : [{ intent: name, evidence, add: intent.add }];
  });
}

function evidenceOf(intent: Intent, { paths, labels, request = "" }: ChangeSigns): readonly string[] {
  const own = new Set((intent.labels ?? []).map((label) => label.toLowerCase()));
  const words = new Set(wordsOf(request));
  const word = (intent.words ?? []).find((each) => words.has(each.toLowerCase()));
  const matches = intent.paths === undefined ? () => false : matcher(intent.paths);
  return [
    ...labels.filter((label) => own.has(label.toLowerCase())).map((label) => `label ${label}`),
    ...(word === undefined ? [] : [`"${word}" in the request`]),
    ...changedText(paths.filter(matches)),
  ];
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? [];
}

function changedText([first, ...others]: readonly RepoPath[]): readonly string[] {
  if (first === undefined) return [];
  return [`${first} changed${others.length === 0 ? "" : `, and ${String(others.length)} more`}`];
}
