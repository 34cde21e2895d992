/**
 * Keeps a user's own ruff settings out: where a repository has none ruff would take them from the user's configuration
 * folder, and the same repository would have another result on another machine. Nothing can lie below this path. Windows has
 * the folder in `APPDATA`, all others in `XDG_CONFIG_HOME`; both are set everywhere, so that the key is the same.
 */
export const HERMETIC: Readonly<Record<string, string>> = { APPDATA: "/dev/null", XDG_CONFIG_HOME: "/dev/null" };
