import { openCache } from "../../../cache/open-cache.ts";
import { ok } from "../../../core/result.ts";
import { formatBytes } from "../../quantities.ts";
import { table } from "../../table.ts";
import { type CacheAction, problemsJson, warn } from "./cache-action.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** `cache status`: where it lies, what is in it, and how much may be. */
export const statusAction: CacheAction = {
  takesFile: false,
  options: [],
  run({ directory, limits, context }) {
    const { cache, problems: atStart } = openCache(directory, limits);
    const { records, blobs, bytes, oldest = null } = cache.status();
    const problems = [...atStart, ...cache.problems()];
    cache.close();
    warn(context, problems);
    const rows = [
      ["place", directory],
      ["records", String(records)],
      ["blobs", String(blobs)],
      ["size", `${formatBytes(bytes)} of ${formatBytes(limits.maxBytes)}`],
      ["oldest", oldest === null ? "none" : new Date(oldest).toISOString()],
      ["kept", `${String(Math.round((limits.maxAgeMs / DAY_MS) * 10) / 10)} days`],
    ];
    const json = { directory, records, blobs, bytes, oldest, ...limits, problems: problemsJson(problems) };
    return Promise.resolve(ok({ exitCode: 0, json, text: table(rows) }));
  },
};

/** `cache dir`: where it lies, for scripts. */
export const dirAction: CacheAction = {
  takesFile: false,
  options: [],
  run: ({ directory }) => Promise.resolve(ok({ exitCode: 0, json: { directory }, text: directory })),
};
