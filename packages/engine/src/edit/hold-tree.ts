import { mkdirSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { makeOwnFolder } from "../fingerprint/files/own-folder.ts";
import type { Hold } from "../fingerprint/tool/hold.ts";
import type { Host } from "../fingerprint/tool/host.ts";
import { INSTALLED_TOOLS } from "../fingerprint/tool/installed-tools.ts";
import { sandboxWords } from "../guard/sandbox/sandbox.ts";
import type { Scratch } from "../guard/scratch/scratch.ts";
import { seenPlaces } from "./seen-places.ts";

/** What a tree is held with. */
export interface HoldRequest {
  readonly scratch: Scratch;
  readonly host: Host;
  readonly node: string;
  /** The program of bubblewrap. */
  readonly bubblewrap: string;
  /** A folder that is the home of what runs, absolute. */
  readonly home: string;
}

/**
 * Holds what runs the code of a scratch tree: it sees a bare system, that tree at its own place and what is installed for the user's, and
 * has an empty home and no network. Of the engine's own folder it sees installed tools and what it is to write.
 */
export function holdTree({ scratch, host, node, bubblewrap, home }: HoldRequest): Hold {
  const { from, to } = scratch.roots;
  makeOwnFolder(to);
  return ({ programs, writes }) => {
    // They are there before the task makes them empty: what is not there cannot be shown.
    for (const folder of writes) mkdirSync(folder, { recursive: true });
    const words = sandboxWords({
      tree: { from: to, at: to },
      home: { from: home, at: host.home },
      readable: seenPlaces(scratch, [...programs, node], host).filter((place) => !place.startsWith(`${to}${sep}`)),
      mounted: [{ from: realpathSync(scratch.objects), at: scratch.objects }],
      hidden: [join(to, ".symbiotic")],
      shown: [
        ...[from, to].map((root) => ({ from: join(from, INSTALLED_TOOLS), at: join(root, INSTALLED_TOOLS) })),
        // The engine's git reads it too: a setting there may name a program.
        { from: join(to, ".git"), at: join(to, ".git") },
      ],
      writable: writes,
      network: false,
    });
    return [bubblewrap, ...words];
  };
}
