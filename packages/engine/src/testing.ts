/** What tests of plugins are written with. */
export { definePlugin } from "./plugin/define-plugin.ts";
