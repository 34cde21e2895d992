import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Advisories that are made up, about releases of real packages: the service on loopback knows no others. */
const ADVISORIES = [
  { id: "PYSEC-0000-1", package: "jinja2", version: "2.8", fixed: "2.9" },
  { id: "PYSEC-0000-2", package: "py", version: "1.4.31", fixed: "1.4.32" },
];

/**
 * Starts a service that speaks as OSV does, in a process of its own because the script waits for others.
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function serveAdvisories() {
  const program = fileURLToPath(new URL("advisory-service.mjs", import.meta.url));
  const service = spawn(process.execPath, [program, JSON.stringify(ADVISORIES)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(service.stdout, "data");
  return { url: String(line).trim(), stop: () => service.kill() };
}
