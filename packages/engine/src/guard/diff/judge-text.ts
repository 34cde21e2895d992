import type { Redactor } from "../../redact/redact.ts";
import { matcher } from "../../workspace/match.ts";
import { holdsText, patternsIn } from "../patterns/denylist.ts";
import { languageOf } from "../patterns/language.ts";
import { secretsIn } from "../patterns/secrets.ts";
import type { Policy } from "../policy/policy.ts";
import type { Violation } from "../violation.ts";
import type { FileChange } from "./file-change.ts";

/** Nobody reads more of one file. */
const MOST = 100;
/** The name under which the search for secrets is switched off. */
const SECRETS = "secrets";

/** What is wrong with the lines that a change adds to a file. No secret is in what is said of it. */
export function textViolations(policy: Policy, change: FileChange, redactor: Redactor): Violation[] {
  const { path, added = [] } = change;
  const off = new Set(policy.patterns.off);
  const lines = added.map(({ text }) => text);
  const found = patternsIn(lines, languageOf(path), off).map(({ name, line, says }) => ({
    code: "SYM5011",
    message: `${path} ${says}`,
    path,
    line: added[line - 1]?.line ?? line,
    rule: name,
  }));
  return [...found, ...ownViolations(policy, change), ...(off.has(SECRETS) ? [] : secretViolations(change, redactor))]
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .slice(0, MOST);
}

function ownViolations({ patterns }: Policy, { path, added = [] }: FileChange): Violation[] {
  return patterns.own.flatMap(({ name, text, says, files }) =>
    matcher(files)(path)
      ? added.flatMap((each): Violation[] =>
          holdsText(each.text, text)
            ? [{ code: "SYM5011", message: `${path}: ${says}`, path, line: each.line, rule: name }]
            : [],
        )
      : [],
  );
}

function secretViolations({ path, added = [] }: FileChange, redactor: Redactor): Violation[] {
  return secretsIn(added, redactor).map(({ line, families }) => ({
    code: "SYM5012",
    message: `${path} holds what looks like a secret (${families.join(", ")})`,
    path,
    line,
    rule: families[0] ?? "secret",
  }));
}
