/**
 * How Symbiotic is told of the three tasks. This file is the only one that knows how `symbiotic.config.ts` says it.
 * @returns {string}
 */
export function symbioticConfig() {
  return `import { defineConfig } from "@symbiotic-build/engine";
import { node } from "@symbiotic-build/plugin-node";

export default defineConfig({
  plugins: [
    node({
      scripts: {
        build: { dependsOn: ["^build"], inputs: ["src/**"], outputs: ["dist"] },
        lint: { inputs: ["src/**"] },
        test: { dependsOn: ["build"], inputs: ["src/**"] },
      },
    }),
  ],
});
`;
}
