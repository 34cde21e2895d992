/** A rule by which validators are added to what was asked for: any of its signs is enough. */
export interface Intent {
  /** Globs over the files that changed. */
  readonly paths?: readonly string[] | undefined;
  /** Labels of the change, whatever their case. */
  readonly labels?: readonly string[] | undefined;
  /** Whole words of the request, whatever their case. */
  readonly words?: readonly string[] | undefined;
  /** Atoms, by id or alias, or targets. */
  readonly add: readonly string[];
}

/** Intents by name; `false` takes a built-in one away. */
export type IntentSettings = Readonly<Record<string, false | Intent>>;

/** The intents that are there without being configured. */
export const BUILT_IN: Readonly<Record<string, Intent>> = {
  api: {
    paths: [
      "**/{api,apis,auth,authentication,authorization,routes,endpoints,security}/**",
      "**/*{auth,login,session,token,permission}*",
    ],
    labels: ["api", "auth", "security"],
    words: [
      ...["api", "endpoint", "endpoints", "auth", "authentication", "authorization", "login", "logout", "oauth", "sso"],
      ...[
        "jwt",
        "token",
        "tokens",
        "password",
        "passwords",
        "permission",
        "permissions",
        "session",
        "csrf",
        "security",
      ],
    ],
    add: ["bandit", "semgrep", "gitleaks"],
  },
  frontend: {
    paths: ["**/*.{tsx,jsx,vue,svelte,css,scss,less,html}", "**/{components,frontend,ui}/**"],
    labels: ["frontend", "ui", "css"],
    words: [
      "frontend",
      "ui",
      "css",
      "component",
      "components",
      "page",
      "react",
      "vue",
      "svelte",
      "stylesheet",
      "layout",
    ],
    add: ["prettier", "eslint"],
  },
  data: {
    paths: ["**/*.sql", "**/dbt_project.yml", "**/{dbt,etl,gx,great_expectations,pipelines,warehouse}/**"],
    labels: ["data", "etl"],
    words: [
      "data",
      "dataset",
      "datasets",
      "etl",
      "elt",
      "dbt",
      "warehouse",
      "ingestion",
      "pipeline",
      "pipelines",
      "schema",
    ],
    add: ["great-expectations", "dbt"],
  },
};
