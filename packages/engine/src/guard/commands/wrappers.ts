import type { KnownOptions } from "./options.ts";

/** A program that starts the one named behind its options. */
export interface Wrapper extends KnownOptions {
  /** How many words stand between the options and the program: the duration of `timeout`. */
  readonly before?: number;
  /** `NAME=value` may stand before the program. */
  readonly assigns?: true;
  /** Subcommands of which one has to come first for it to start anything: `exec` of `npm`. */
  readonly verbs?: readonly string[];
  /** What it starts gets further words that cannot be known. */
  readonly adds?: true;
}

const plain = (flags = "", values = "", more: Omit<Wrapper, keyof KnownOptions> = {}): Wrapper => ({
  flags,
  values,
  ...more,
});

/** By the name of the program. */
export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  env: plain("-i --ignore-environment - -0 --null -v --debug", "-u --unset -C --chdir", { assigns: true }),
  nohup: plain(),
  setsid: plain("-c -f -w --ctty --fork --wait"),
  nice: plain("-1 -2 -5 -10 -15 -19", "-n --adjustment"),
  ionice: plain("-t --ignore", "-c -n --class --classdata"),
  stdbuf: plain("", "-i -o -e --input --output --error"),
  time: plain("-p -v --portability --verbose -a --append", "-f -o --format --output"),
  timeout: plain("--foreground --preserve-status -v --verbose", "-k -s --kill-after --signal", { before: 1 }),
  gtimeout: plain("--foreground --preserve-status -v --verbose", "-k -s --kill-after --signal", { before: 1 }),
  command: plain("-p"),
  builtin: plain(),
  exec: plain("-c -l", "-a"),
  taskset: plain("-a", "", { before: 1 }),
  chroot: plain("--skip-chdir", "--userspec --groups", { before: 1 }),
  busybox: plain(),
  toybox: plain(),
  unbuffer: plain("-p"),
  winpty: plain(),
  caffeinate: plain("-d -i -m -s -u", "-t -w"),
  sudo: plain(
    "-n -E -H -S -k -K -b -A -B -P --non-interactive --preserve-env --set-home --stdin --background",
    "-u -g -h -p -C -r -t -U -D -R -T --user --group --host --prompt --chdir",
    { assigns: true },
  ),
  doas: plain("-n -L", "-u -C"),
  pkexec: plain("--disable-internal-agent --keep-cwd", "--user"),
  xargs: plain(
    "-0 -r -t -p -x -o --null --no-run-if-empty --verbose --interactive --exit --open-tty",
    "-a -d -E -I -L -n -P -s -J -R -S --arg-file --delimiter --eof --replace --max-lines --max-args --max-procs --max-chars",
    { adds: true },
  ),
  strace: plain("-f -ff -q -t -tt -T -y -C -c", "-e -o -p -s -u -E -P"),
  flock: plain("-s -x -n -u -o -e --shared --exclusive --nonblock", "-w -E --timeout", { before: 1 }),
  watch: plain("-d -g -e -t -x -b -c --exec", "-n --interval"),
  "cross-env": plain("", "", { assigns: true }),
  npx: plain("-y --yes --no -q --quiet --no-install --prefer-offline", "-p --package -w --workspace"),
  bunx: plain("--bun", "-p --package"),
  uvx: plain("-q --quiet --isolated --offline", "--from --with -p --python"),
  npm: plain("-y --yes", "-p --package -w --workspace", { verbs: ["exec", "x"] }),
  pnpm: plain("-r --recursive -s --silent", "-C --dir --filter -F", { verbs: ["exec", "dlx"] }),
  yarn: plain("-q --quiet", "-p --package", { verbs: ["exec", "dlx"] }),
  uv: plain(
    "-q --quiet --frozen --locked --no-sync --isolated --offline --all-extras --no-dev --active",
    "--with -p --python --extra --group --project --directory --env-file --package --with-requirements --with-editable",
    { verbs: ["run"] },
  ),
  poetry: plain("-q --quiet -n --no-interaction", "-C --directory -P --project", { verbs: ["run"] }),
  pipenv: plain("-q --quiet", "", { verbs: ["run"] }),
  pdm: plain("-q --quiet -s --site-packages", "-p --project -e --env-file", { verbs: ["run"] }),
  rye: plain("", "", { verbs: ["run"] }),
  hatch: plain("-q --quiet", "-e --env", { verbs: ["run"] }),
  bundle: plain("", "", { verbs: ["exec"] }),
};

/** Programs that start others, or change what names mean, in ways that are not followed here. */
export const OPAQUE: ReadonlySet<string> = new Set([
  ...["alias", "trap", "hash", "enable", "bind", "case", "complete", "coproc", "function"],
  ...["unshare", "nsenter", "bwrap", "firejail", "script", "parallel", "at", "batch", "expect", "gdb", "lldb"],
  ...["docker", "podman", "nerdctl", "kubectl", "vagrant", "systemd-run", "runuser", "setpriv", "start-stop-daemon"],
  ...["vi", "vim", "nvim", "ex", "ed", "emacs", "osascript", "wscript", "cscript", "mshta", "rundll32", "start"],
]);

/** Programs that take a line of a shell as an argument. */
export const SHELLS: ReadonlySet<string> = new Set("sh bash dash zsh ksh ash mksh fish rbash yash tcsh csh".split(" "));

/** Variables by which a program starts another one, or a program of another place. */
export const HIJACKS: RegExp =
  /^(?:LD_\w+|DYLD_\w+|PATH|NODE_OPTIONS|PYTHON(?:STARTUP|HOME|BREAKPOINT)|BASH_ENV|ENV|IFS|SHELLOPTS|PS4|PROMPT_COMMAND|PERL5(?:OPT|DB)|RUBYOPT|JAVA_TOOL_OPTIONS|GIT_\w+|PAGER|\w+_PAGER|EDITOR|VISUAL|BROWSER|LESSOPEN|MAKEFLAGS)$/i;
