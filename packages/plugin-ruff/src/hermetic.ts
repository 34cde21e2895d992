/**
 * Keeps a user's own ruff settings out: where a repository has none ruff would take them from the user's configuration
 * folder, and the same repository would have another result on another machine. Nothing can lie below this path.
 */
export const HERMETIC: Readonly<Record<string, string>> = { XDG_CONFIG_HOME: "/dev/null" };
