import type { JsonValue } from "../core/json.ts";
import type { Cache } from "../cache/cache.ts";
import { createFingerprints } from "../fingerprint/compute.ts";
import { createFileDigests } from "../fingerprint/files/file-digests.ts";
import type { HashedAhead } from "../fingerprint/files/hash-ahead.ts";
import type { Hold } from "../fingerprint/tool/hold.ts";
import { createDivider, type Variables } from "../fingerprint/variables.ts";
import { createProjectClosures } from "../fingerprint/project-closures.ts";
import { createRedactor } from "../redact/redact.ts";
import { secretValuesOf } from "../redact/secret-name.ts";
import { listSubmodule } from "../workspace/git/submodule.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { LookupHost } from "./look-up-task.ts";
import type { TaskResult } from "./task-result.ts";
import { createToolFinder, type ToolFinder } from "./tool-finder.ts";

/** What a host for looking tasks up is made from. */
export interface LookupHostParts {
  readonly root: string;
  readonly workspace: Workspace;
  readonly cache: Cache;
  readonly environment: Variables;
  /** Names of variables that the configuration passes. */
  readonly passed: readonly string[];
  readonly arguments: LookupHost["arguments"];
  readonly changed: LookupHost["changed"];
  readonly home: string;
  /** This Node, absolute. */
  readonly node: string;
  readonly cacheMode: LookupHost["cacheMode"];
  readonly results: ReadonlyMap<string, TaskResult>;
  readonly hold?: Hold;
  readonly hashed?: HashedAhead;
}

/** A host over one look at the work tree and the machine, and the function that keeps what it learned for the next run. */
export function createLookupHost(parts: LookupHostParts): {
  readonly host: LookupHost;
  readonly save: () => void;
  readonly toolsAsked: ToolFinder["asked"];
} {
  const { root, cache, environment } = parts;
  const files = cache.fileMemo(root);
  const tools = cache.memo("tools");
  const memo = {
    get: (key: string) => tools.get(key),
    set: (key: string, value: JsonValue) => {
      tools.set(key, value);
    },
  };
  const digests = createFileDigests({
    root,
    memo: files,
    now: Date.now,
    listSubmodule: (path) => listSubmodule(root, environment, path),
  });
  const finder = createToolFinder({
    root,
    env: environment,
    home: parts.home,
    node: parts.node,
    memo,
    workspace: parts.workspace,
    ...(parts.hold === undefined ? {} : { hold: parts.hold }),
    ...(parts.hashed === undefined ? {} : { hashed: parts.hashed }),
  });
  const host: LookupHost = {
    ...parts,
    redactor: createRedactor({ secretValues: secretValuesOf(environment) }),
    digests,
    fingerprints: createFingerprints(digests),
    closures: createProjectClosures(parts.workspace, digests),
    variables: createDivider(environment, parts.passed, { root, platform: process.platform }),
    findTool: (task, specs) => finder.find(task.project, specs, task.context),
  };
  const save = (): void => {
    files.save();
    tools.save();
  };
  return { host, save, toolsAsked: () => finder.asked() };
}
