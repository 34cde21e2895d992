import { dirname } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { AuditMark } from "../../core/event.ts";
import type { JsonValue } from "../../core/json.ts";
import { ok, type Result } from "../../core/result.ts";
import { makeOwnFolder } from "../../fingerprint/files/own-folder.ts";
import type { Redactor } from "../../redact/redact.ts";
import { entryHash } from "./audit-entry.ts";
import { openAudit } from "./audit-log.ts";
import type { AuditPlace } from "./audit-place.ts";

/** What a run writes into the audit log of its repository. */
export interface AuditRun {
  /** Writes an entry; gives its number. */
  append(event: string, data: JsonValue): Promise<Result<number, Diagnostic>>;
  /** Writes the one entry that ends the run; nothing where there is none before it. */
  close(): Promise<Result<AuditMark | undefined, Diagnostic>>;
}

/** Opens it. Nothing is made before the first entry; then it throws what the file system throws. */
export function openAuditRun(place: AuditPlace, redactor: Redactor, run: string): AuditRun {
  let isBegun = false;
  const log = openAudit({ ...place, redactor, now: () => new Date().toISOString() });
  return {
    async append(event, data) {
      if (!isBegun) makeOwnFolder(dirname(place.file));
      isBegun = true;
      const written = await log.append({ event, run, data });
      return written.ok ? ok(written.value.seq) : written;
    },
    async close() {
      if (!isBegun) return ok(undefined);
      const closed = await log.closeRun(run);
      return closed.ok ? ok({ entry: closed.value.seq, head: entryHash(closed.value) }) : closed;
    },
  };
}
