/** pip-licenses as an atom and a gate. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { inspect, type PipLicensesFacts } from "./facts.ts";
import { optionsSchema } from "./options.ts";
import { pipLicenses as pipLicensesValidator } from "./pip-licenses.ts";

/** Compares the licences of what a Python project has installed with those that are allowed. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, PipLicensesFacts>> = definePlugin<
  typeof optionsSchema,
  PipLicensesFacts
>({
  api: 1,
  name: "pip-licenses",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...validator(pipLicensesValidator),
});

/** The same under the tool's name, for configurations. */
export const pipLicenses: typeof plugin = plugin;
