import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Diagnostic, Platform, PluginUse, Result } from "@symbiotic-build/engine";
import { createProcessGroups, type ProcessGroups } from "../../../packages/engine/src/execute/process-groups.ts";
import { findPlatformTool } from "../../../packages/engine/src/platform/find-platform.ts";
import { platformEnvironment } from "../../../packages/engine/src/platform/platform-environment.ts";
import type { PlatformHost } from "../../../packages/engine/src/platform/platform-host.ts";
import { createRedactor } from "../../../packages/engine/src/redact/redact.ts";
import { createRepository, type TestRepository } from "../repository.ts";
import { makeCertificate } from "./certificate.ts";
import { startVendor, type Answer, type Fault, type Seen, type VendorProxy } from "./vendor-proxy.ts";
import { processesOf } from "../processes.ts";

/** The real command line of a platform in a repository and a home of its own, and its vendor on this machine. */
export interface PlatformRig extends AsyncDisposable {
  readonly repository: TestRepository;
  /** The bare repository that is pushed to. */
  readonly remote: string;
  readonly vendor: VendorProxy;
  readonly groups: ProcessGroups;
  /** The variables of the user; a test may change them. */
  readonly variables: Record<string, string>;
  /** What comes in place of an answer; a test may change it. */
  fault: (seen: Seen) => { readonly fault: Fault; readonly afterwards?: boolean } | undefined;
  host(more?: Partial<PlatformHost>): PlatformHost;
  /** Processes that have this home and still run. Linux. */
  left(): readonly string[];
}

/** What a rig is made of. */
export interface RigParts {
  readonly use: PluginUse;
  readonly hosts: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly answer: (seen: Seen) => Answer;
  /** A folder of programs, absolute, that comes first on PATH. */
  readonly bin?: string;
}

/** Makes the place and starts the vendor. */
export async function platformRig({ use, hosts, variables, answer, bin }: RigParts): Promise<PlatformRig> {
  const platform = Object.values(use.spec.platforms ?? {})[0] as Platform;
  const repository = createRepository({ "a.txt": "a\n" });
  const { root, home } = repository;
  const certificate = makeCertificate(home, hosts);
  const vendor = await startVendor(certificate, answer, (seen) => rig.fault(seen));
  const groups = createProcessGroups();
  const remote = join(home, "../remote.git");
  repository.git("init", "--quiet", "--bare", remote);
  mkdirSync(join(home, "tmp"));
  const user: Record<string, string> = {
    ...repository.env,
    ...variables,
    PATH: [...(bin === undefined ? [] : [bin]), repository.env["PATH"]].join(delimiter),
    TMPDIR: join(home, "tmp"),
    HTTPS_PROXY: vendor.url,
    SSL_CERT_FILE: certificate.file,
    NODE_EXTRA_CA_CERTS: certificate.file,
  };
  const found = await findPlatformTool(platform, { root, env: user, home }, groups);
  if (!found.ok) throw new Error(`${found.error.message}: run \`node scripts/setup.mjs\` and scripts/system-deps`);
  const rig: PlatformRig = {
    ...{ repository, remote, vendor, groups, variables: user },
    fault: () => undefined,
    host: (more = {}) => ({
      platform,
      options: use.spec.options.parse(use.options) as PlatformHost["options"],
      program: found.value.program,
      root,
      commonDir: join(root, ".git"),
      environment: platformEnvironment(platform, { root, home, env: user }),
      redactor: createRedactor({ secretValues: [] }),
      groups,
      timeoutMs: 60_000,
      ...more,
    }),
    left: () => processesOf(home),
    async [Symbol.asyncDispose]() {
      await groups.terminateAll();
      groups.close();
      await vendor[Symbol.asyncDispose]();
      repository[Symbol.dispose]();
    },
  };
  return rig;
}

/** The code of what was refused; `undefined` where nothing was. */
export function codeOf(result: Result<unknown, Diagnostic>): string | undefined {
  return result.ok ? undefined : result.error.code;
}
