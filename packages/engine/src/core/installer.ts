/** What installs dependencies, by the lockfile that asks for it. */
export const INSTALLERS = ["uv", "poetry", "pip", "pnpm", "yarn", "npm"] as const;

/** One of them. */
export type Installer = (typeof INSTALLERS)[number];
