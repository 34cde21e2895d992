import type { Environment } from "../workspace/git/git.ts";
import type { Repository } from "../workspace/git/repository.ts";

/** The variables by which no program that git starts to reach a remote asks anybody for anything. */
export function silentSsh(repository: Repository, environment: Environment): Readonly<Record<string, string>> {
  return { GIT_ASKPASS: "", SSH_ASKPASS: "", GCM_INTERACTIVE: "never", ...sshVariables(repository, environment) };
}

/** The user's own ssh stays the one that is used; of OpenSSH it is known how it is kept from asking. */
function sshVariables({ git }: Repository, environment: Environment): Readonly<Record<string, string>> {
  const { GIT_SSH_COMMAND: command = "", GIT_SSH: program = "" } = environment;
  const configured = git(["config", "--get", "core.sshCommand"]);
  const own = command || (configured.ok ? configured.value.stdout.toString("utf8").trim() : "");
  if (own === "" && program !== "") return { GIT_SSH: program };
  const line = own || "ssh";
  return { GIT_SSH_COMMAND: /^(?:\S*\/)?ssh(?:\.exe)?(?=\s|$)/.test(line) ? `${line} -o BatchMode=yes` : line };
}
