/** pip-audit as an atom and a gate. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { inspect, type PipAuditFacts } from "./facts.ts";
import { optionsSchema } from "./options.ts";
import { pipAudit as pipAuditValidator } from "./pip-audit.ts";

/** Looks for known vulnerabilities in what a Python project has installed, or requires. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, PipAuditFacts>> = definePlugin<
  typeof optionsSchema,
  PipAuditFacts
>({
  api: 1,
  name: "pip-audit",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...validator(pipAuditValidator),
});

/** The same under the tool's name, for configurations. */
export const pipAudit: typeof plugin = plugin;
