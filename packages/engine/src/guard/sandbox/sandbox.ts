import { existsSync } from "node:fs";

/** What a process in the sandbox sees and may do. Paths are absolute. */
export interface SandboxSpec {
  /** The tree that it works in, and where it lies for the process: what is installed for the user's tree then fits. */
  readonly tree: { readonly from: string; readonly at: string; readonly isReadOnly?: boolean };
  /** A folder of its own that is its home. */
  readonly home: { readonly from: string; readonly at: string };
  /** Further folders and files that it may read, at their own places: programs, environments. */
  readonly readable: readonly string[];
  /** Read from one place, and lying at another. */
  readonly mounted: readonly { readonly from: string; readonly at: string }[];
  /** Further folders that it may write. */
  readonly writable: readonly string[];
  /** Folders of which it sees nothing, though they lie in one that it sees. */
  readonly hidden?: readonly string[];
  /** Read from one place, and lying at another that may be hidden. */
  readonly shown?: readonly { readonly from: string; readonly at: string }[];
  /** Without it there is not even the machine's own loopback. */
  readonly network: boolean;
  /** The folder that it starts in; left to whoever puts a command line behind these words where it is not said. */
  readonly cwd?: string;
}

/** What every program needs of a system, and nothing that is a user's. */
const SYSTEM = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store"];
const SETTINGS = [
  ...["alternatives", "ca-certificates", "group", "host.conf", "hosts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d"],
  ...["localtime", "mime.types", "nsswitch.conf", "passwd", "pki", "protocols", "resolv.conf", "services", "ssl"],
  ...["timezone"],
].map((name) => `/etc/${name}`);
/** Settings of the whole machine: whoever is root outside may write them from within, whatever was taken from the process. */
const MACHINE = ["/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/acpi"];
/** Where the system's resolver keeps what `resolv.conf` is a link to. */
const RESOLVER = ["/run/systemd/resolve", "/run/resolvconf"];

/**
 * The arguments of bubblewrap for a process that sees a bare system, its tree, its home and what is named, and nothing else: no other
 * process, no variable that is not given, no folder of the user's. It ends with whoever started it.
 */
export function sandboxWords(spec: SandboxSpec): readonly string[] {
  const { tree, home, readable, mounted, writable, hidden = [], shown = [], network, cwd } = spec;
  const bind = (how: string, from: string, at = from): readonly string[] => [how, from, at];
  return [
    ...["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"],
    ...(network ? [] : ["--unshare-net"]),
    // Without a terminal of its own it could type into the user's.
    ...["--die-with-parent", "--new-session", "--cap-drop", "ALL"],
    ...["--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--dir", "/var/tmp"],
    ...[...SYSTEM, ...SETTINGS, ...(network ? RESOLVER : [])].flatMap((place) => bind("--ro-bind-try", place)),
    ...MACHINE.flatMap((place) => bind("--ro-bind-try", place)),
    ...bind("--bind", home.from, home.at),
    ...bind("--bind", tree.from, tree.at),
    ...readable.filter((place) => existsSync(place)).flatMap((place) => bind("--ro-bind", place)),
    ...mounted.flatMap(({ from, at }) => bind("--ro-bind", from, at)),
    ...hidden.flatMap((place) => ["--tmpfs", place]),
    ...shown.filter(({ from }) => existsSync(from)).flatMap(({ from, at }) => bind("--ro-bind", from, at)),
    ...writable.flatMap((place) => bind("--bind", place)),
    // Only now: what is installed needs a place in it to lie at.
    ...(tree.isReadOnly === true ? ["--remount-ro", tree.at] : []),
    ...(cwd === undefined ? [] : ["--chdir", cwd]),
  ];
}
