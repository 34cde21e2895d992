import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sandboxWords, type SandboxSpec } from "./sandbox.ts";

/** A user's tree, a scratch tree that stands in its place, and a program that tells what it sees. */
function sandboxOf(
  more: Partial<SandboxSpec> = {},
  tree: Partial<SandboxSpec["tree"]> = {},
): {
  readonly root: string;
  readonly scratch: string;
  readonly run: (script: string, env?: Readonly<Record<string, string>>) => string;
} {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-sandbox-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [root, scratch, home] = ["user/app", "scratch/app", "home"].map((name) => join(folder, name));
  if (root === undefined || scratch === undefined || home === undefined) throw new Error("no folders");
  for (const each of [root, scratch, home, join(root, ".venv/bin"), join(scratch, ".venv")])
    mkdirSync(each, { recursive: true });
  writeFileSync(join(root, "a.txt"), "user's\n");
  writeFileSync(join(root, ".venv/bin/tool"), "installed\n");
  writeFileSync(join(scratch, "a.txt"), "scratch\n");
  const spec: SandboxSpec = {
    ...{ tree: { from: scratch, at: root, ...tree }, home: { from: home, at: "/home/agent" } },
    ...{ readable: [join(root, ".venv")], mounted: [], writable: [], network: false, cwd: root },
    ...more,
  };
  const run = (script: string, env: Readonly<Record<string, string>> = {}): string => {
    const ended = spawnSync("bwrap", [...sandboxWords(spec), "--", "/bin/sh", "-c", script], {
      ...{ env: { PATH: process.env["PATH"], ...env }, encoding: "utf8" },
    });
    return `${ended.stdout}${ended.stderr}`.trim();
  };
  return { root, scratch, run };
}

test("the scratch tree stands in the user's place, with what is installed there, which nobody can write", () => {
  const { root, scratch, run } = sandboxOf();
  expect(run("pwd; cat a.txt .venv/bin/tool")).toBe(`${root}\nscratch\ninstalled`);
  run("echo new > b.txt; echo changed > a.txt");
  expect([readFileSync(join(scratch, "b.txt"), "utf8"), readFileSync(join(root, "a.txt"), "utf8")]).toEqual([
    ...["new\n", "user's\n"],
  ]);
  expect(run("echo x > .venv/bin/tool")).toMatch(/Read-only file system/);
  expect(run("echo x > .venv/new")).toMatch(/Read-only file system/);
});

test("of the user's there is nothing: no home, no other folder, no process, no variable", () => {
  const { root, run } = sandboxOf();
  const outside = join(root, "../other");
  mkdirSync(outside);
  expect(run(`ls ${outside}`)).toMatch(/No such file/);
  expect(run("ls /home /tmp | tr '\\n' ' '")).not.toContain("symbiotic-test");
  expect(run(`ls -A ${homedir()} 2>&1 | head -1`)).toMatch(/^$|No such file/);
  expect(run("ls -d /etc/shadow /proc/1/root/etc/shadow 2>&1 | grep -v 'No such file'")).toBe("");
  expect(
    run("ps -e 2>/dev/null | wc -l; ls /proc | grep -c '^[0-9]'")
      .split("\n")
      .every((many) => Number(many) < 8),
  ).toBe(true);
  expect(run("echo $SECRET", {})).toBe("");
});

test("without a network there is no loopback of the machine's either", async () => {
  const server = createServer((socket) => socket.end("reached\n")).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const connect = `python3 -c "import socket; print(socket.create_connection(('127.0.0.1', ${String(port)}), 2))"`;
  expect(sandboxOf().run(connect)).toMatch(/refused/i);
  // Asked from a process of its own: this one is waiting.
  expect(sandboxOf({ network: true }).run(`timeout 1 ${connect}`)).toMatch(/raddr=\('127.0.0.1'/);
});

test("it has no rights that could lead out of it", () => {
  const { run } = sandboxOf();
  expect(run("grep CapEff /proc/self/status")).toMatch(/CapEff:\s+0+$/);
  expect(run("mount -t tmpfs none /usr 2>&1; unshare -m true 2>&1")).toMatch(/denied|permitted|must be superuser/i);
  expect(run("chroot / true 2>&1")).toMatch(/permitted/i);
  // Root outside is root to the kernel's settings whatever it is within. What is written is what is there.
  for (const setting of ["kernel/core_pattern", "vm/overcommit_memory"])
    expect(run(`cat /proc/sys/${setting} > /tmp/x && cat /tmp/x > /proc/sys/${setting}`)).toMatch(/read-only|denied/i);
});

test("it ends with whoever started it", () => {
  // What went on would hold the output open for ten minutes.
  expect(sandboxOf().run("sleep 600 & echo over")).toBe("over");
});

test("who may only read has what is installed all the same, also where the scratch tree has no place for it", () => {
  const { scratch, run } = sandboxOf({}, { isReadOnly: true });
  rmSync(join(scratch, ".venv"), { recursive: true });
  expect(run("cat a.txt .venv/bin/tool; echo more > b.txt; rm a.txt; echo more > .venv/x")).toMatch(
    /^scratch\ninstalled\n(.*Read-only file system\n?){3}$/,
  );
});
