import { expect, test } from "vitest";
import { holdsCredentials, isSensitive } from "./sensitive.ts";

const BOTH = [
  ...[".env", "a/.env.local", ".ENV", ".envrc", "prod.env", ".env-prod", ".npmrc", "x/.netrc", "_netrc", ".pgpass"],
  ...["id_rsa", "id_ed25519", "tls/server.pem", "a.key", "a.P12", "store.jks", "credentials", ".git-credentials"],
  ...["aws-credentials.json", "secrets.yaml", "client_secret.json", "secret"],
];

test.each(BOTH)("%s is in no copy for an agent and in no commit", (path) => {
  expect([isSensitive(path), holdsCredentials(path)]).toEqual([true, true]);
});

test.each([
  "secrets.ts",
  "test_credentials.py",
  "docs/secrets.md",
  ".env.example",
  "secrets.yaml.dist",
  "secret.test.ts",
])("%s is kept from agents where it is ignored, and may be committed", (path) => {
  expect([isSensitive(path), holdsCredentials(path)]).toEqual([true, false]);
});

test.each(["environment.py", ".environment", "id_rsa.pub", "keys.ts", "a.keys", "secre", "src/env.ts", "monkey"])(
  "%s is a file like any other",
  (path) => {
    expect([isSensitive(path), holdsCredentials(path)]).toEqual([false, false]);
  },
);
