import { Worker } from "node:worker_threads";

/** A service with some advisories, that goes away with the block. */
export interface Osv extends AsyncDisposable {
  readonly url: string;
}

/** Starts a service that knows these advisories, by the package's name. */
export async function startOsv(advisories: Readonly<Record<string, readonly unknown[]>>): Promise<Osv> {
  const worker = new Worker(new URL("osv-service.mjs", import.meta.url), { workerData: advisories });
  const port = await new Promise<unknown>((done, failed) => worker.once("message", done).once("error", failed));
  return {
    url: `http://127.0.0.1:${String(port)}/v1/query`,
    [Symbol.asyncDispose]: async () => {
      await worker.terminate();
    },
  };
}

/** An advisory in OSV's form. */
export function advisory(
  id: string,
  name: string,
  fixed: string | undefined,
  aliases: readonly string[] = [],
): unknown {
  const events = [{ introduced: "0" }, ...(fixed === undefined ? [] : [{ fixed }])];
  const affected = [{ package: { name, ecosystem: "PyPI" }, ranges: [{ type: "ECOSYSTEM", events }] }];
  return { id, aliases, summary: `A problem of ${name}`, affected };
}
