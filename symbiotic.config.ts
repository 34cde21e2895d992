import { defineConfig } from "@symbiotic-build/engine";
import { self } from "./scripts/self-plugin.ts";

/** How this repository gates itself, as one project. Its Python is examples and test data: their own commands look at those. */
export default defineConfig({
  plugins: [self()],
  disable: ["python", "node", "ruff", "pytest"],
});
