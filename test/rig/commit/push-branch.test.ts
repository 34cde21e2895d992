import { createServer } from "node:net";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commitRig, type CommitRig } from "../../support/commit/commit-rig.ts";

const WINDOWS = process.platform === "win32";
const FILES = { "a.txt": "a\n" };
const TOKEN = `ghp_${"a1B2".repeat(9)}`;

/** A rig with a remote and a branch `issue` that has a commit of its own. */
function pushRig(): { readonly rig: CommitRig; readonly remote: string; readonly next: (text: string) => string } {
  const rig = commitRig(FILES);
  const remote = rig.remote();
  const { repository } = rig;
  const next = (text: string): string => {
    repository.write({ "a.txt": text });
    return repository.commit(text);
  };
  repository.git("push", "--quiet", "origin", "main");
  repository.git("switch", "--quiet", "-c", "issue");
  return { rig, remote, next };
}

/** What the remote's branch shows. */
function at(rig: CommitRig, branch = "issue"): string {
  return rig.repository.git("ls-remote", "origin", `refs/heads/${branch}`).split("\t")[0] ?? "";
}

/** Processes that have this home and still run. */
function left(home: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "utf8").includes(`HOME=${home}\0`);
    } catch {
      return false;
    }
  });
}

describe.skipIf(WINDOWS)("what is pushed", () => {
  test("one branch, and nothing else: new, updated, the same", async () => {
    const { rig, next } = pushRig();
    await using held = rig;
    const { repository } = held;
    repository.git("tag", "-a", "v1", "-m", "one");
    repository.git("branch", "bystander");
    repository.git("config", "push.followTags", "true");
    repository.git("config", "remote.origin.push", "refs/heads/*:refs/heads/*");
    rig.hook("pre-push", `touch "${repository.home}/ran"; exit 1`);
    const first = next("1");
    expect(await rig.push("issue")).toEqual({
      ok: true,
      value: { remote: "origin", branch: "issue", commit: first, as: "new" },
    });
    rig.hook("reference-transaction", `touch "${repository.home}/ran"`);
    expect(await rig.push("issue")).toMatchObject({ ok: true, value: { as: "same" } });
    repository.git("branch", "--quiet", "further");
    rmSync(join(repository.home, "ran"));
    expect(await rig.push("further")).toMatchObject({ ok: true, value: { as: "new" } });
    rmSync(join(repository.root, ".git/hooks/reference-transaction"));
    const second = next("2");
    expect(await rig.push("issue")).toMatchObject({ ok: true, value: { as: "updated", commit: second } });
    expect(at(rig)).toBe(second);
    expect(
      repository
        .git("ls-remote", "origin")
        .split("\n")
        .map((line) => line.split("\t")[1]),
    ).toEqual(["refs/heads/further", "refs/heads/issue", "refs/heads/main"]);
    expect(existsSync(join(repository.home, "ran"))).toBe(false);
  });

  test("a branch is replaced only with a lease on what it shows", async () => {
    const { rig, next } = pushRig();
    await using held = rig;
    const first = next("1");
    await rig.push("issue");
    held.repository.git("reset", "--quiet", "--hard", "main");
    const other = next("other");
    const refused = await rig.push("issue");
    expect(refused).toMatchObject({ error: { code: "SYM7322", hint: expect.stringContaining("somebody else") } });
    expect(await rig.push("issue", { replaces: other })).toMatchObject({ error: { code: "SYM7322" } });
    expect(await rig.push("issue", { replaces: "main" })).toMatchObject({ error: { code: "SYM7320" } });
    expect(at(rig)).toBe(first);
    expect(await rig.push("issue", { replaces: first })).toMatchObject({ ok: true, value: { as: "replaced" } });
    expect(at(rig)).toBe(other);
  });
});

describe.skipIf(WINDOWS)("what is not pushed", () => {
  test("what others build on, what is not there, and to where nothing is", async () => {
    const { rig, next } = pushRig();
    await using held = rig;
    const { repository } = held;
    const before = at(rig, "main");
    repository.git("switch", "--quiet", "main");
    next("on main");
    expect(await rig.push("main")).toMatchObject({ error: { code: "SYM7320" } });
    repository.git("branch", "stable");
    repository.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/stable");
    expect(await rig.push("stable")).toMatchObject({ error: { code: "SYM7320" } });
    expect(await rig.push("issue", { base: "origin/issue" })).toMatchObject({ error: { code: "SYM7320" } });
    expect(await rig.push("nothing")).toMatchObject({ error: { code: "SYM7320" } });
    expect(await rig.push("issue", { remote: "other" })).toMatchObject({ error: { code: "SYM7321" } });
    expect(await rig.push("issue", { remote: rig.repository.root })).toMatchObject({ error: { code: "SYM7321" } });
    expect(at(rig, "main")).toBe(before);
    expect(at(rig)).toBe("");
  });

  test("what the remote refuses is an error with what it said, without secrets", async () => {
    const { rig, remote, next } = pushRig();
    await using held = rig;
    next("1");
    writeFileSync(join(remote, "hooks/pre-receive"), `#!/bin/sh\necho "no: ${TOKEN} in it"; exit 1\n`, { mode: 0o755 });
    const result = await rig.push("issue");
    expect(result).toMatchObject({ error: { code: "SYM7322", hint: "the remote refused it, and says why" } });
    expect(JSON.stringify(result)).toContain("no: [redacted:github] in it");
    expect(at(held)).toBe("");
  });

  test("a remote that is gone, and an address with a password in it: an error, and no password in it", async () => {
    const { rig } = pushRig();
    await using held = rig;
    held.repository.git("remote", "set-url", "origin", `https://me:${TOKEN}@127.0.0.1:1/x.git`);
    const result = await rig.push("issue");
    expect(result).toMatchObject({ error: { code: "SYM7322" } });
    expect(JSON.stringify(result)).not.toContain(TOKEN);
  });

  test("a remote that asks for a name gets none, and nobody is asked", async () => {
    const { rig } = pushRig();
    await using held = rig;
    const ask = join(held.repository.home, "ask");
    writeFileSync(ask, `#!/bin/sh\ntouch "${held.repository.home}/asked"\necho x\n`);
    chmodSync(ask, 0o755);
    held.repository.git("config", "core.askPass", ask);
    const { createServer: http } = await import("node:http");
    const server = http((_, response) => response.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    held.repository.git(
      "remote",
      "set-url",
      "origin",
      `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/x.git`,
    );
    const result = await rig.push("issue", { environment: { ...held.repository.env, SSH_ASKPASS: ask } });
    server.close();
    expect(result).toMatchObject({ error: { code: "SYM7322", hint: expect.stringContaining("sign in") } });
    expect(existsSync(join(held.repository.home, "asked"))).toBe(false);
  });

  test("ssh is kept from asking, whichever the user has set", async () => {
    const { rig } = pushRig();
    await using held = rig;
    const { home } = held.repository;
    mkdirSync(join(home, "bin"));
    const ssh = join(home, "bin/ssh");
    writeFileSync(ssh, `#!/bin/sh\necho "$@" > "${home}/said"\nexit 255\n`, { mode: 0o755 });
    held.repository.git("config", "core.sshCommand", `${ssh} -i key`);
    held.repository.git("remote", "set-url", "origin", "git@example.invalid:x/y.git");
    expect(await rig.push("issue")).toMatchObject({ error: { code: "SYM7322" } });
    expect(readFileSync(join(home, "said"), "utf8")).toMatch(/^-i key -o BatchMode=yes .*git@example\.invalid/);
  });

  test("a remote that never answers is given up in time, and no process is left", async () => {
    const { rig } = pushRig();
    await using held = rig;
    const { home } = held.repository;
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    held.repository.git(
      "remote",
      "set-url",
      "origin",
      `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/x.git`,
    );
    const result = await rig.push("issue", { timeoutMs: 500 });
    server.close();
    expect(result).toMatchObject({ error: { code: "SYM7323", severity: "error" } });
    if (process.platform === "linux") expect(left(home)).toEqual([]);
  });
});
