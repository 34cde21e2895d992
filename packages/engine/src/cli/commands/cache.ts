import { errorOf } from "../../core/diagnostic.ts";
import { fail, ok } from "../../core/result.ts";
import { openCache } from "../../cache/open-cache.ts";
import { cacheDirectory } from "../../open.ts";
import type { CliCommand } from "../command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { table } from "../table.ts";

/** `symbiotic cache status`: where it lies and what is in it. */
export const cacheCommand: CliCommand = {
  name: "cache",
  summary: "where the cache lies and what is in it",
  usage: "status [options]",
  positionals: { least: 1, most: 1, what: "`status`" },
  options: {},
  examples: [["symbiotic cache status", "place, size, age"]],
  async run(parsed, context) {
    if (parsed.positionals[0] !== "status")
      return fail([
        errorOf("SYM2007", `\`symbiotic cache\` has no \`${parsed.positionals[0] ?? ""}\``, {
          hint: "write `symbiotic cache status`",
        }),
      ]);
    const opened = await openWorkspace(parsed, context);
    if (!opened.ok) return opened;
    const { cache } = openCache(cacheDirectory(opened.value, context.environment.settings.cacheDir));
    const status = cache.status();
    cache.close();
    const { directory, records, blobs, bytes, oldest = null } = status;
    const rows = [
      ["place", directory],
      ["records", String(records)],
      ["blobs", String(blobs)],
      ["size", `${(bytes / 1024 / 1024).toFixed(1)} MiB`],
      ["oldest", oldest === null ? "none" : new Date(oldest).toISOString()],
    ];
    return ok({ exitCode: 0, json: { directory, records, blobs, bytes, oldest }, text: table(rows) });
  },
};
