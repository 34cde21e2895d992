import { isInside } from "../core/path.ts";
import { placeIn } from "./environment-folders.ts";
import type { Observation } from "./observe.ts";
import type { Subject } from "./subject.ts";
import type { VerifyHost } from "./verify-host.ts";

/** Why a copied tree may not have kept a task from the repository itself: it names a place there that is none of its environments. Undefined where nothing says so. */
export function reachesBack(subject: Subject, { log, evidence }: Observation, { root }: VerifyHost): string | undefined {
  if (subject.isolation !== "copied") return undefined;
  const { installed } = subject.environments;
  const named = `${log}\n${evidence}`.match(pattern(root)) ?? [];
  const place = named
    .map((each) => placeIn(root, each))
    .find((path) => path !== undefined && !installed.some((folder) => isInside(folder, path)));
  return place === undefined ? undefined : `it reached the repository itself: its output names ${place}`;
}

/** A longer path that only ends like the root is another place. */
function pattern(root: string): RegExp {
  const escaped = root.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\w.~+-]|[^/:]\/)${escaped}[\\/][^\s'":;,)\]>]+`, "g");
}
