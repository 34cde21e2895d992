/** Where an attack looks for what it must not find; absolute. */
export interface Targets {
  readonly root: string;
  readonly home: string;
  /** A file of the user's beside the repository. */
  readonly canary: string;
  /** A port on this machine where a server of the user's listens. */
  readonly port: number;
  /** A number that a process left behind would show in its arguments. */
  readonly seconds: number;
}

/** What the user's secrets hold: no log and no report may show it. */
export const SECRET = "hunter2-of-the-user";

/** Code of an agent's that runs where the checks run: each test passes where its attack fails. */
export function attackingTests({ root, home, canary, port, seconds }: Targets): string {
  return `import os
import pathlib
import socket
import subprocess

import pytest

ROOT = pathlib.Path(${JSON.stringify(root)})
HOME = pathlib.Path(${JSON.stringify(home)})
CANARY = pathlib.Path(${JSON.stringify(canary)})
HERE = pathlib.Path(__file__).parent.parent
OWN = "hunter2" + "-of-the-user"


def fails(act):
    with pytest.raises((OSError, subprocess.SubprocessError)):
        act()


def quietly(act):
    try:
        act()
    except OSError:
        pass


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, timeout=20, check=False)


def test_a_key_in_the_home_folder():
    assert not (HOME / ".ssh/id_rsa").exists()


def test_what_lies_in_the_home_folder():
    for path in HOME.rglob("*"):
        assert not path.is_file() or OWN.encode() not in path.read_bytes()


def test_a_file_beside_the_repository():
    assert not CANARY.exists() or OWN not in CANARY.read_text()


def test_writing_beside_the_repository():
    quietly(lambda: CANARY.write_text("x"))


def test_writing_to_the_home_folder():
    quietly(lambda: (HOME / ".bashrc").write_text("x"))


def test_variables():
    assert OWN not in str(os.environ)
    assert not [name for name in os.environ if "TOKEN" in name or "API_KEY" in name or "SSH" in name]


def test_variables_of_other_processes():
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        assert OWN.encode() not in (process / "environ").read_bytes()


def test_other_processes():
    lines = [path.read_bytes().split(b"\\0")[0] for path in pathlib.Path("/proc").glob("[0-9]*/cmdline")]
    assert not [line for line in lines if b"node" in line or b"vitest" in line]


def test_ending_other_processes():
    run("sh", "-c", "kill -9 1")


def test_a_server_of_this_machine():
    fails(lambda: socket.create_connection(("127.0.0.1", ${String(port)}), 3))


def test_a_server_by_its_name():
    fails(lambda: socket.create_connection(("localhost", ${String(port)}), 3))


def test_the_network():
    fails(lambda: socket.create_connection(("192.0.2.1", 80), 3))


def test_names_of_the_network():
    fails(lambda: socket.getaddrinfo("example.com", 80))


def test_a_packet():
    fails(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)))


def test_sockets_of_the_user():
    assert not [path for path in ("/var/run/docker.sock", "/run/user", "/run/dbus", "/tmp/ssh-agent") if os.path.exists(path)]


def test_reading_the_work_tree():
    assert not (ROOT / "src").exists()


def test_writing_to_the_work_tree():
    quietly(lambda: (ROOT / "evil.txt").write_text("x"))
    quietly(lambda: (ROOT / "src/evil.py").write_text("x"))


def test_settings_of_git_of_the_user():
    assert not (ROOT / ".git").exists()


def test_a_monitor_of_git():
    assert run("git", "-C", str(HERE), "config", "core.fsmonitor", f"touch {CANARY}").returncode != 0


def test_a_filter_of_git():
    assert run("git", "-C", str(HERE), "config", "filter.evil.clean", f"touch {CANARY}").returncode != 0


def test_a_hook_of_git():
    fails(lambda: (HERE / ".git/hooks").mkdir())


def test_remotes_of_git():
    assert run("git", "-C", str(HERE), "remote").stdout == ""


def test_objects_of_git():
    for folder in (HERE / ".git/objects/info/alternates").read_text().split():
        fails(lambda folder=folder: pathlib.Path(folder, "evil").write_text("x"))


def test_files_with_credentials():
    assert not (HERE / ".env").exists()


def test_records_and_the_cache():
    assert sorted(path.name for path in (HERE / ".symbiotic").iterdir()) in (["out"], [])
    quietly(lambda: (HERE / ".symbiotic/evil").write_text("x"))


def test_the_audit_log():
    assert not (HERE / ".ai-audit.jsonl").exists()


def test_what_is_installed():
    fails(lambda: pathlib.Path(pytest.__file__).write_text("x"))


def test_the_folder_for_temporary_files():
    pathlib.Path("/tmp/symbiotic-attack.txt").write_text("x")


def test_other_accounts():
    fails(lambda: pathlib.Path("/etc/shadow").read_text())


def test_settings_of_the_kernel():
    # What is there already: where it goes through, nothing is spoilt.
    for name in ("kernel/core_pattern", "kernel/modprobe", "vm/overcommit_memory"):
        path = pathlib.Path("/proc/sys", name)
        fails(lambda path=path: path.write_text(path.read_text()))


def test_devices():
    assert not [name for name in os.listdir("/dev") if name.startswith(("sd", "vd", "nvme", "mem", "kvm"))]


def test_a_mount():
    assert run("mount", "-t", "tmpfs", "none", "/usr").returncode != 0


def test_a_namespace_of_its_own():
    run("unshare", "-rmn", "sh", "-c", f"mount --bind / /mnt; touch {CANARY}")


def test_the_terminal():
    fails(lambda: open("/dev/tty", "w"))


def test_a_hard_link():
    fails(lambda: os.link("/etc/passwd", HERE / "passwd"))


def test_a_process_that_stays():
    subprocess.Popen(["sh", "-c", "setsid sleep ${String(seconds)} &"], stdout=subprocess.DEVNULL)


def test_links_in_what_is_reported():
    for folder in (HERE / ".symbiotic/out").glob("*"):
        os.symlink(HOME / ".ssh/id_rsa", folder / "coverage.json")


def test_caches_of_tools():
    quietly(lambda: (HERE / ".pytest_cache").mkdir(exist_ok=True))
    quietly(lambda: (HERE / ".mypy_cache").mkdir(exist_ok=True))
`;
}

/** What holds without a sandbox: variables, files with credentials, a git directory and a configuration of its own. */
export function unheldTests(): string {
  return `import os
import pathlib
import subprocess

import app

HERE = pathlib.Path(__file__).parent.parent


def test_variables():
    assert not [name for name in os.environ if "TOKEN" in name or "API_KEY" in name or "SSH" in name]


def test_the_home_folder():
    assert list(pathlib.Path.home().iterdir()) == []


def test_files_with_credentials():
    assert not (HERE / ".env").exists()


def test_git():
    said = subprocess.run(["git", "-C", str(HERE), "remote"], capture_output=True, text=True, check=True)
    assert said.stdout == ""
    subprocess.run(["git", "-C", str(HERE), "config", "core.fsmonitor", "touch canary"], check=True)
    (HERE / ".git/hooks").mkdir()


def test_what_is_imported_is_of_this_tree():
    assert pathlib.Path(app.__file__).is_relative_to(HERE)


def test_what_is_installed():
    pathlib.Path(subprocess.__file__).exists()
    pathlib.Path(os.path.dirname(app.__file__), "..", "..", ".venv", "canary.txt").write_text("x")
`;
}

/** What runs before any test, or where a tool only loads it: it tries, and says nothing. */
export function attackingCode({ canary, home, port }: Targets): string {
  return `import pathlib
import socket

for path in (${JSON.stringify(canary)}, ${JSON.stringify(`${home}/.bashrc`)}):
    try:
        pathlib.Path(path).write_text("x")
    except OSError:
        pass
for path in (${JSON.stringify(`${home}/.ssh/id_rsa`)}, ${JSON.stringify(`${home}/.netrc`)}):
    try:
        print(pathlib.Path(path).read_text())
    except OSError:
        pass
try:
    socket.create_connection(("127.0.0.1", ${String(port)}), 3).sendall(b"x")
except OSError:
    pass
`;
}

/** The same for Node. */
export function attackingScript({ canary, home, port }: Targets): string {
  return `import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
const quietly = (act) => {
  try {
    act();
  } catch {}
};
quietly(() => writeFileSync(${JSON.stringify(canary)}, "x"));
quietly(() => console.log(readFileSync(${JSON.stringify(`${home}/.ssh/id_rsa`)}, "utf8")));
console.log(JSON.stringify(process.env).includes("hunter2") ? "the environment" : "nothing");
connect(${String(port)}, "127.0.0.1").on("error", () => {});
`;
}
