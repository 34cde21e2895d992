import { expect, test } from "vitest";
import { endpointProblem } from "./endpoint.ts";

const nowhere = (): Promise<readonly string[]> => Promise.reject(new Error("ENOTFOUND"));
const problem = async (address: string, resolved?: readonly string[]): Promise<string | undefined> => {
  const resolve = resolved === undefined ? nowhere : () => Promise.resolve(resolved);
  return (await endpointProblem({ variable: "X_BASE_URL", address }, resolve))?.message;
};

test.each([
  ["https://api.example.com/v1", ["93.184.215.14"]],
  ["https://8.8.8.8/v1", undefined],
  ["https://[2606:4700::1111]/", undefined],
  // A proxy resolves what cannot be resolved here.
  ["https://only-a-proxy-knows.example", undefined],
])("%s may be asked", async (address, resolved) => {
  expect(await problem(address, resolved)).toBeUndefined();
});

test.each([
  ["api.example.com", "is no URL"],
  ["http://api.example.com", "is not an https address (http://api.example.com)"],
  ["file:///etc/passwd", "is not an https address"],
  ["https://user:word@api.example.com", "holds a name or a password"],
  ["https://127.0.0.1:8080", "leads into a private network (127.0.0.1, 127.0.0.1)"],
  ["https://2130706433/", "private network (127.0.0.1"],
  ["https://0x7f.1/", "private network (127.0.0.1"],
  ["https://localhost./v1", "private network (localhost"],
  ["https://printer.local", "private network (printer.local"],
  ["https://metadata.google.internal", "private network"],
  ["https://169.254.169.254/latest", "private network"],
  ["https://10.1.2.3", "private network"],
  ["https://172.31.0.1", "private network"],
  ["https://192.168.1.1", "private network"],
  ["https://100.100.1.1", "private network"],
  ["https://0.0.0.0", "private network"],
  ["https://[::1]/", "private network"],
  ["https://[fd00::1]/", "private network"],
  ["https://[fe80::1]/", "private network"],
  ["https://[::ffff:10.0.0.1]/", "private network"],
])("%s may not", async (address, why) => {
  expect(await problem(address)).toContain(`X_BASE_URL ${why.startsWith("private") ? "leads into a " : ""}${why}`);
});

test("a name is as private as any of its addresses", async () => {
  expect(await problem("https://api.example.com", ["93.184.215.14", "10.0.0.7"])).toContain(
    "(api.example.com, 10.0.0.7)",
  );
});
