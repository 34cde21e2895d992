import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PluginUse } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { validators } from "../../packages/cli/src/validators.ts";
import { ROOT } from "../support/places.ts";

// A plugin is loaded where it is asked for, by what is known of it without loading it. That has to be what it says itself.

const COMMON = ["validate", "gates", "fix"];

test.each(validators.map((known) => [known.name, known] as const))(
  "what is known of %s is what its plugin offers",
  async (name, known) => {
    const module = (await import(`../../packages/plugin-${name}/src/index.ts`)) as {
      readonly plugin: () => PluginUse;
    };
    const { spec } = module.plugin();
    expect(spec.name).toBe(name);
    const atoms = Object.entries(spec.atoms ?? {}).flatMap(([id, { alias }]) =>
      alias === undefined ? [id] : [id, alias],
    );
    const targets = Object.keys(spec.targets ?? {}).filter((target) => !COMMON.includes(target));
    expect([...known.offers].sort()).toEqual(
      [...new Set([...atoms, ...Object.keys(spec.gates ?? {}), ...targets])].sort(),
    );
  },
);

test("the command brings every validator that it names", () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, "packages/cli/package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const brought = Object.keys(dependencies).map((name) => name.replace("@symbiotic-build/plugin-", ""));
  expect(brought).toEqual(expect.arrayContaining(validators.map(({ name }) => name)));
});
