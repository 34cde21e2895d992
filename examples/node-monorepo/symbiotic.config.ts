import { defineConfig } from "@symbiotic-build/engine";
import { node } from "@symbiotic-build/plugin-node";

export default defineConfig({
  plugins: [
    node({
      scripts: {
        build: { inputs: ["src/**", "/tools/build.mjs"], outputs: ["dist"] },
        lint: { inputs: ["{src,test}/**", "/tools/lint.mjs"] },
        test: { dependsOn: ["build"], inputs: ["test/**"] },
      },
    }),
  ],
});
