const PROGRAMS = ["js", "mjs", "cjs", "ts", "mts", "cts"];

/** The names of files that hold nothing but settings of Prettier. */
export const CONFIGS: readonly string[] = [
  ".prettierrc",
  ...["json", "json5", "yaml", "yml", "toml", ...PROGRAMS].map((ending) => `.prettierrc.${ending}`),
  ...PROGRAMS.map((ending) => `prettier.config.${ending}`),
];

/** What Prettier formats, and files that well-known plugins teach it to. */
export const FORMATTED: readonly string[] = [
  "**/*.{js,mjs,cjs,jsx,es6,ts,mts,cts,tsx,vue,svelte,astro,gjs,gts}",
  "**/*.{json,jsonc,json5,webmanifest,importmap,geojson,code-workspace,yml,yaml,toml}",
  "**/*.{css,pcss,postcss,scss,less,html,htm,hbs,handlebars,pug,twig,liquid,xml,svg}",
  "**/*.{md,markdown,mdx,graphql,gql,graphqls,prisma,sql,sh,php,java,kt,rb,sol,properties}",
  "**/.{prettierrc,babelrc,swcrc,jscsrc,releaserc,lintstagedrc,stylelintrc,eslintrc}",
];
