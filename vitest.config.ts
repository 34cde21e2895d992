import { availableParallelism } from "node:os";
import { delimiter } from "node:path";
import { defineConfig } from "vitest/config";
import { pages } from "./scripts/lib/pages.mjs";
import { PYTHON_BIN } from "./scripts/lib/python.mjs";
import { LevelSequencer } from "./scripts/vitest/sequencer.mjs";

/** With it, packages import each other's sources: no build is needed to test them. */
const SOURCE = "@symbiotic-build/source";

export default defineConfig({
  plugins: [pages()],
  resolve: { conditions: [SOURCE] },
  ssr: { resolve: { conditions: [SOURCE] } },
  test: {
    pool: "forks",
    // No test changes what another can see: a process for each of three hundred files would do nothing but load.
    isolate: false,
    // On two cores vitest would take one; most tests wait for processes of their own.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    env: { PATH: [PYTHON_BIN, process.env.PATH].join(delimiter) },
    sequence: { shuffle: true, sequencer: LevelSequencer },
    retry: 0,
    restoreMocks: true,
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts"],
      exclude: ["**/*.test.ts"],
      reportsDirectory: "coverage",
    },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", "packages/*/test/unit/**/*.test.ts", "scripts/**/*.test.ts"],
          testTimeout: 10_000,
        },
      },
      {
        extends: true,
        test: {
          name: "rig",
          include: ["packages/*/test/rig/**/*.test.ts", "test/rig/**/*.test.ts"],
          // Real tools of others: some take half a minute to start on a busy machine.
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "binary",
          include: ["test/binary/**/*.test.ts"],
          globalSetup: ["scripts/vitest/needs-build.mjs", "scripts/vitest/slim-zod.mjs"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
