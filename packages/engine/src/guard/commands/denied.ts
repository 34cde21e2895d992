/** What no agent runs unless the configuration permits it: it deletes, takes rights, ends processes or reaches the network. */
export const DENIED_COMMANDS: readonly string[] = [
  // Deletes, or writes where no file is.
  ...["rm", "rmdir", "shred", "dd", "mkfs", "fdisk", "parted", "mount", "umount"],
  // Takes or gives rights.
  ...["sudo", "su", "doas", "pkexec", "passwd", "chmod", "chown", "chgrp"],
  // Ends what others run, or the machine, or stays when the agent is gone.
  ...["kill", "killall", "pkill", "shutdown", "reboot", "halt", "poweroff", "systemctl", "crontab"],
  // Reaches other machines.
  ...["curl", "wget", "nc", "ncat", "netcat", "socat", "telnet", "ftp", "ssh", "scp", "sftp", "rsync"],
  // Makes a command of a text.
  "eval",
];

/** What the engine alone does: an agent that does it as well would do it twice, or where nobody looks. */
export const ENGINE_COMMANDS: readonly string[] = [
  ...["git commit", "git push", "git config", "git remote", "git submodule", "git worktree", "git update-ref"],
  ...["gt", "graphite", "gh", "glab", "symbiotic"],
];

/** Characters by which a shell would make more of a word than a word. */
export const METACHARACTERS = "|&;<>$`(){}!";
