import { expect, test } from "vitest";
import { redactArguments } from "./arguments.ts";
import { createRedactor } from "./redact.ts";

const redactor = createRedactor({ secretValues: ["s3cr3t-of-the-shell"] });

test.each([
  [
    ["deploy", "--api-key", "hunter22"],
    ["deploy", "--api-key", "[redacted:secret]"],
  ],
  [
    ["deploy", "--api-key=hunter22"],
    ["deploy", "--api-key=[redacted:secret]"],
  ],
  [
    ["deploy", "-u", "s3cr3t-of-the-shell"],
    ["deploy", "-u", "[redacted:environment]"],
  ],
  [
    ["deploy", "--token-file", "a/b.txt"],
    ["deploy", "--token-file", "a/b.txt"],
  ],
  [
    ["deploy", "--token", "--verbose"],
    ["deploy", "--token", "--verbose"],
  ],
  [
    ["pytest", "tests", "-k", "password"],
    ["pytest", "tests", "-k", "password"],
  ],
])("%j is kept as %j", (argv, kept) => {
  expect(redactArguments(argv, redactor)).toEqual(kept);
});
