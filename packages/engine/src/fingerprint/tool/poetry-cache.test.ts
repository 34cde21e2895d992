import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { temporaryFolder, WINDOWS } from "../../../test/support/python-environment.ts";
import { environmentName } from "./poetry-cache.ts";

const SCRIPT = `
import base64, hashlib, os, re, sys
name, cwd = sys.argv[1:]
digest = hashlib.sha256(os.path.normcase(os.path.realpath(cwd)).encode()).digest()
print(re.sub(r'[ $\`!*@"\\\\\\r\\n\\t]', "_", name.lower())[:42] + "-" + base64.urlsafe_b64encode(digest).decode()[:8])
`;

test.each(["foo-core", "My App $1", "a-name-that-is-longer-than-forty-two-characters-by-far"])(
  "the name of an environment for %j is what Python's own libraries make of the documented scheme",
  (name) => {
    const folder = temporaryFolder();
    const python = WINDOWS ? "python" : "python3";
    const expected = execFileSync(python, ["-c", SCRIPT, name, folder], { encoding: "utf8" }).trim();
    expect(environmentName(name, folder)).toBe(expected);
  },
);
