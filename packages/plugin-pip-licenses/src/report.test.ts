import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { judge, readReport } from "./report.ts";

// The newer one knows the field in which newer metadata has an SPDX expression.
test.each([
  ["4.0.0", "MIT License"],
  ["5.5.5", "MIT"],
])("what pip-licenses %s wrote is read", (version, licence) => {
  const read = readReport(recordingOf(import.meta.url, `pip-licenses-${version}`).stdout, []);
  expect(read.ok && read.value.map((each) => `${each.package} ${each.version}: ${each.licence}`)).toEqual([
    `attrs 24.2.0: ${licence}`,
    "certifi 2023.5.7: Mozilla Public License 2.0 (MPL 2.0)",
    "chardet 3.0.4: GNU Library or Lesser General Public License (LGPL)",
    "idna 2.10: BSD License",
    "packaging 24.1: Apache Software License; BSD License",
  ]);
});

test("packages that are ignored are left out, however their name is written", () => {
  const stdout = JSON.stringify(
    ["Typing_Extensions", "my.own-lib", "b", "a"].map((Name) => ({ Name, Version: "1", License: "MIT" })),
  );
  const read = readReport(stdout, ["typing-extensions", "MY-OWN*"]);
  expect(read.ok && read.value.map((each) => each.package)).toEqual(["a", "b"]);
});

const LICENSED = [
  { package: "a", version: "1", licence: "MIT" },
  { package: "b", version: "2", licence: "GPL-3.0" },
  { package: "c", version: "3", licence: "UNKNOWN" },
];

test.each<[string, { allow?: string[]; deny?: string[] }, string[]]>([
  ["without lists only what is unknown is noted", {}, ["c licence-unknown note"]],
  ["what is denied is an error", { deny: ["gpl*"] }, ["b licence-denied error", "c licence-unknown warning"]],
  [
    "what is not allowed is an error, what is unknown a warning",
    { allow: ["MIT"] },
    ["b licence-not-allowed error", "c licence-unknown warning"],
  ],
  ["what is denied is so even if it is allowed", { allow: ["*"], deny: ["GPL*"] }, ["b licence-denied error"]],
  [
    "UNKNOWN can be allowed, and denied",
    { allow: ["MIT", "UNKNOWN"], deny: ["UNKNOWN"] },
    ["b licence-not-allowed error", "c licence-denied error"],
  ],
  ["an empty list allows nothing", { allow: [] }, ["a", "b"].map((each) => `${each} licence-not-allowed error`)],
])("%s", (_, { allow = null, deny = null }, expected) => {
  const found = judge(LICENSED, { allow, deny, file: "uv.lock" });
  const shown = found.map(({ message, rule, level }) => `${message.slice(0, 1)} ${rule} ${level}`);
  expect(shown).toEqual(expect.arrayContaining(expected));
  expect(shown.filter((each) => !each.startsWith("c")).length).toBe(expected.filter((e) => !e.startsWith("c")).length);
});

test("a finding names the release and its licence", () => {
  expect(judge(LICENSED, { allow: null, deny: ["GPL-3.0"], file: "uv.lock" })[0]).toEqual({
    tool: "pip-licenses",
    rule: "licence-denied",
    level: "error",
    message: "b 2: GPL-3.0 is denied",
    file: "uv.lock",
  });
});

test.each<[string, string]>([
  ["no output", ""],
  ["output that was cut off", '[\n  {\n    "License": "MIT",\n    "Na'],
  ["another format", '{"dependencies": []}'],
  [
    "the licences from all sources",
    '[{"License-Classifier": "MIT", "License-Metadata": "MIT", "Name": "a", "Version": "1"}]',
  ],
])("%s is no result", (_, stdout) => {
  expect(readReport(stdout, [])).toMatchObject({ ok: false, error: { code: "SYM4462" } });
});
