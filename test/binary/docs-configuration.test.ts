import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { ROOT } from "../support/places.ts";
import { createRepository, linkPackages } from "../support/repository.ts";

const PAGE = readFileSync(join(ROOT, "docs/configuration.md"), "utf8");
const BLOCKS = [...PAGE.matchAll(/^```(ts|json|yaml)\n(.*?)^```$/gms)].map(([, language = "", text = ""]) => ({
  language,
  text,
}));

test.for(BLOCKS)(
  "the $language configuration of docs/configuration.md is accepted, and its settings are in force",
  async ({ language, text }) => {
    using repository = createRepository({
      [`symbiotic.config.${language}`]: text,
      "pyproject.toml": '[project]\nname = "app"\n',
    });
    linkPackages(repository.root);
    const { stdout, stderr, exitCode } = await symbiotic(repository, ["config", "--json"]);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    const { settings } = JSON.parse(stdout) as {
      readonly settings: readonly { readonly key: string; readonly value: unknown; readonly origin: string }[];
    };
    const base = settings.find(({ key }) => key === "base");
    expect(base).toMatchObject({
      value: "develop",
      origin: expect.stringMatching(new RegExp(`^symbiotic\\.config\\.${language}:\\d+$`)),
    });
  },
);

test("there is one block of each kind", () => {
  expect(BLOCKS.map(({ language }) => language)).toEqual(["ts", "json", "yaml"]);
});

test("the table of settings names exactly those that there are", () => {
  const schema = JSON.parse(readFileSync(join(ROOT, "docs/schemas/config.schema.json"), "utf8")) as Schema;
  const rows = [...PAGE.matchAll(/^\| `([a-z][\w.<>]*)` +\|/gim)]
    .map(([, name = ""]) => name)
    .filter((name) => !name.startsWith("SYMBIOTIC_"));
  expect(rows.sort()).toEqual(settingNames(schema).sort());
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

/** `gates.<id>.threshold`: a record's key is written as the page writes it. */
function settingNames({ properties = {} }: Schema): string[] {
  return Object.entries(properties).flatMap(([name, setting]) => {
    if (name === "$schema") return [];
    const member = typeof setting.additionalProperties === "object" ? setting.additionalProperties : undefined;
    if (member !== undefined)
      return member.properties === undefined
        ? [`${name}.<name>`]
        : Object.keys(member.properties).map((key) => `${name}.<id>.${key}`);
    return setting.properties === undefined ? [name] : Object.keys(setting.properties).map((key) => `${name}.${key}`);
  });
}
