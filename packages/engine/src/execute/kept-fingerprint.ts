import { canonicalJson, type JsonValue } from "../core/json.ts";
import type { Fingerprint } from "../fingerprint/compute.ts";
import { sha256 } from "../fingerprint/digest.ts";
import type { Digest, FingerprintRecord } from "../fingerprint/record.ts";
import type { PartBase } from "../fingerprint/part-base.ts";
import { redactArguments } from "../redact/arguments.ts";
import type { Redactor } from "../redact/redact.ts";

/** A fingerprint as it is kept, for `why`. The key is made of the whole record; what is kept of it is fit to be shown. */
export interface KeptFingerprint {
  readonly record: FingerprintRecord;
  /** The digest of the record's text: history and cache name it by this. */
  readonly digest: Digest;
  /** The texts to keep: the record's, then its parts'. */
  readonly texts: () => readonly string[];
}

/** The fingerprint with the secrets taken out of what people or configurations wrote: command, its variables, options. */
export function keptFingerprint(fingerprint: Fingerprint, redactor: Redactor): KeptFingerprint {
  const record = redactRecord(fingerprint.record, redactor);
  const text = canonicalJson(record);
  return { record, digest: sha256(text), texts: () => [text, ...fingerprint.parts().values()] };
}

/** What the parts of a task stand on, as text fit to be shown. */
export function keptPartBase(base: PartBase, redactor: Redactor): string {
  return canonicalJson(redactRecord({ ...base, params: redactor.deep(base.params) }, redactor));
}

/** Digests, ids and paths stay: parts are found by them. */
function redactRecord<R extends Pick<FingerprintRecord, "options" | "command">>(record: R, redactor: Redactor): R {
  const { options, command } = record;
  const kept = { ...record, options: redactor.deep<JsonValue>(options) };
  if (command === undefined) return kept;
  return {
    ...kept,
    command: { ...command, argv: redactArguments(command.argv, redactor), env: redactor.deep({ ...command.env }) },
  };
}
