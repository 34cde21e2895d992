/** mypy as two atoms and two gates. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { inspect, type MypyFacts } from "./facts.ts";
import { mypyStrict, mypyTypes } from "./mypy.ts";
import { optionsSchema } from "./options.ts";

/** Checks the types of Python with the project's own mypy. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, MypyFacts>> = definePlugin<
  typeof optionsSchema,
  MypyFacts
>({
  api: 1,
  name: "mypy",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...validator(mypyTypes, mypyStrict),
});

/** The same under the tool's name, for configurations. */
export const mypy: typeof plugin = plugin;
