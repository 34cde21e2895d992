#!/usr/bin/env node
// Plain syntax on purpose: Node 12 must be able to parse this file to be told that it is too old.
var found = /^(\d+)\.(\d+)/.exec(process.versions.node) || [];
var major = Number(found[1]);
var isTooOld = major < 22 || (major === 22 && Number(found[2]) < 18);

if (isTooOld) {
  process.stderr.write(
    "error SYM0001  symbiotic needs Node >= 22.18; this is " +
      process.version +
      ". Install a newer Node, or run it through one: npx --yes node@24 " +
      process.argv[1] +
      "\n",
  );
  process.exitCode = 2;
} else {
  process.getBuiltinModule("node:module").enableCompileCache();
  import("../dist/main.js");
}
