const FORMS = ["js", "mjs", "cjs", "ts", "mts", "cts"];

/** The names of a flat configuration, in the order in which ESLint prefers them. */
export const FLAT: readonly string[] = FORMS.map((form) => `eslint.config.${form}`);

/** The names of the files of a legacy configuration, in ESLint's order. */
export const LEGACY: readonly string[] = [
  ".eslintrc.js",
  ".eslintrc.cjs",
  ".eslintrc.yaml",
  ".eslintrc.yml",
  ".eslintrc.json",
  ".eslintrc",
];

/** What ESLint itself lints, and files that plugins teach it to. */
export const LINTED: readonly string[] = [
  "**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}",
  "**/*.{vue,svelte,astro,html,hbs,gjs,gts}",
  "**/*.{json,jsonc,json5,yml,yaml,toml}",
  "**/*.{md,mdx,css,scss,graphql,gql}",
];

/** Settings of others, which the configuration or its plugins read. */
export const NEIGHBOURS: readonly string[] = [
  "tsconfig.json",
  "tsconfig.base.json",
  "tsconfig.eslint.json",
  "jsconfig.json",
  ".gitignore",
  ".editorconfig",
  ".browserslistrc",
  ".prettierrc",
  ".prettierignore",
];
