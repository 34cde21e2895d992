import type { Config } from "@symbiotic-build/engine";

/** What all repositories of a team have in common would be a package; here it is a file. */
export default {
  inputs: {
    sources: ["src/**", "!src/**/*.md"],
  },
  atoms: {
    // Every module must compile. What Python keeps for itself goes to a folder of its own.
    syntax: {
      describe: "Compile every module",
      command: ["python", "-m", "compileall", "-q", "src"],
      inputs: ["@sources"],
      only: ["./libs/*", "./apps/*"],
      env: { PYTHONPYCACHEPREFIX: ".pycache" },
      scratch: [".pycache"],
      targets: ["gates"],
    },
  },
} satisfies Config;
