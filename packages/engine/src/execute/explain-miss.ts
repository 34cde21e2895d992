import { diffFingerprints, type Difference, type ReadBlob } from "../fingerprint/diff.ts";
import type { Fingerprint } from "../fingerprint/compute.ts";
import type { FingerprintRecord } from "../fingerprint/record.ts";
import { HIDDEN } from "../fingerprint/hidden.ts";
import type { History } from "../cache/history.ts";
import type { Redactor } from "../redact/redact.ts";
import { keptFingerprint } from "./kept-fingerprint.ts";

/** What is known of earlier runs, and how what is kept of them was redacted. */
export interface Past {
  readonly history: Pick<History, "latest">;
  readonly read: ReadBlob;
  readonly redactor: Redactor;
}

/** Why a task was not served, in a line: what changed since it was last run, or that it never was. */
export function explainMiss(task: string, fingerprint: Fingerprint, { history, read, redactor }: Past): string {
  const last = history.latest(task);
  if (last === undefined) return "never run here before";
  const text = read(last.fingerprintDigest);
  if (text === undefined) return "what it last ran on is no longer known";
  const parts = fingerprint.parts();
  const both: ReadBlob = (digest) => parts.get(digest) ?? read(digest);
  const { differences } = diffFingerprints(
    JSON.parse(text) as FingerprintRecord,
    keptFingerprint(fingerprint, redactor).record,
    both,
  );
  if (differences.length === 0 && last.key !== fingerprint.key) return `${HIDDEN} changed`;
  if (differences.length === 0)
    return last.status === "ok"
      ? "its result is no longer kept"
      : `it ${last.status === "failed" ? "failed" : "did not finish"} last time`;
  const [first] = differences;
  const more = differences.length > 1 ? ` and ${String(differences.length - 1)} more` : "";
  return `${first === undefined ? "" : differenceText(first)}${more}`;
}

/** `src/a.py changed`, `tool pytest 9.0 → 9.1`. */
export function differenceText({ kind, name, before, after }: Difference): string {
  if (kind === "file") return `${name} ${before === null ? "is new" : after === null ? "is gone" : "changed"}`;
  // A tool that has no version is known by its digest, which tells nobody anything.
  if (kind === "tool")
    return isDigest(before) || isDigest(after) ? `${name} changed` : `${name} ${before ?? "none"} → ${after ?? "none"}`;
  if (kind === "variable")
    return `variable ${name} ${before === null ? "is set" : after === null ? "is no longer set" : "changed"}`;
  if (kind === "dependency") return `${name} gave another result`;
  return `${name} changed`;
}

function isDigest(text: string | null): boolean {
  return text !== null && /^[0-9a-f]{64}$/.test(text);
}
