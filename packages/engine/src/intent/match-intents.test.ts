import { expect, test } from "vitest";
import { matchIntents } from "./match-intents.ts";

const NOTHING = { paths: [], labels: [] };

test("labels, whole words of the request and changed paths are signs of an intent, and each is named", () => {
  expect(
    matchIntents(
      {},
      { paths: ["src/api/users.py", "src/auth/x.py"], labels: ["Auth", "bug"], request: "Add a Login page" },
    ),
  ).toEqual([
    {
      intent: "api",
      evidence: ["label Auth", '"login" in the request', "src/api/users.py changed, and 1 more"],
      add: ["bandit", "semgrep", "gitleaks"],
    },
    { intent: "frontend", evidence: ['"page" in the request'], add: ["prettier", "eslint"] },
  ]);
});

test("a part of a word is no sign, and neither is nothing", () => {
  expect(matchIntents({}, { ...NOTHING, request: "capital pages" })).toEqual([]);
  expect(matchIntents({}, NOTHING)).toEqual([]);
});

test.each([
  ["web/Button.tsx", "frontend"],
  ["models/orders.sql", "data"],
  ["dbt_project.yml", "data"],
  ["src/login_form.py", "api"],
])("a change of %s means %s", (path, intent) => {
  expect(matchIntents({}, { ...NOTHING, paths: [path] }).map((each) => each.intent)).toEqual([intent]);
});

test("a configuration takes a built-in intent away, replaces it, or adds one", () => {
  const settings = {
    api: false,
    frontend: { labels: ["web"], add: ["eslint"] },
    payments: { paths: ["billing/**"], add: ["mypy"] },
  } as const;
  const signs = { paths: ["billing/a.py", "web/api/x.tsx"], labels: ["web"] };
  expect(matchIntents(settings, signs)).toEqual([
    { intent: "frontend", evidence: ["label web"], add: ["eslint"] },
    { intent: "payments", evidence: ["billing/a.py changed"], add: ["mypy"] },
  ]);
});
