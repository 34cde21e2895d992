/** The page's sources as texts, put there by scripts/lib/pages.mjs when the engine is built or tested. */
declare module "symbiotic:graph-page" {
  /** page/page.html: `{{name}}` marks what is put in. */
  export const html: string;
  /** page/page.css. */
  export const style: string;
  /** page/main.ts with all that it imports, as one classic script. */
  export const script: string;
}
