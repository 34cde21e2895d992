import { defineConfig } from "@symbiotic-build/engine";
import { pipCheck } from "./tools/pip-check.ts";
import { sites } from "./tools/sites.ts";
import { todos } from "./tools/todos.ts";

export default defineConfig({
  plugins: [sites(), todos({ words: ["TODO", "FIXME", "XXX"] }), pipCheck()],
  gates: { todos_owned: { threshold: 1 } },
});
