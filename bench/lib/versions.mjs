/** The package manager that starts the scripts: a native program, so a script costs little. */
export const PNPM = "12.21.0";

/**
 * What is installed from the npm registry, each in a folder of its own: its package and version, by the folder's name.
 * @type {Readonly<Record<string, { name: string, version: string }>>}
 */
export const PEERS = {
  pnpm: { name: "pnpm", version: PNPM },
  turbo: { name: "turbo", version: "2.11.11" },
  nx: { name: "nx", version: "24.0.6" },
  moon: { name: "@moonrepo/cli", version: "2.5.5" },
  lage: { name: "lage", version: "2.17.0" },
};
