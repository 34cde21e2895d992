import type { Config } from "@symbiotic-build/engine";

export default {
  extends: "./base.config.ts",
  globalInputs: ["tools/**"],
  atoms: {
    // A bundle holds the bundles of what its project depends on: those come first, and are not made again if they are known.
    bundle: {
      describe: "Put a project and all that it depends on into one file",
      command: "python ../../tools/bundle.py dist/bundle.txt",
      inputs: ["@sources", "pyproject.toml"],
      outputs: ["dist"],
      only: ["./libs/*", "./apps/*"],
      dependsOn: ["^bundle", "syntax"],
      timeout: 60,
      targets: ["gates"],
      projects: {
        site: { env: { BUNDLE_TITLE: "The site" } },
      },
    },
    // It touches the world: it runs each time, and is never tried again.
    publish: {
      describe: "Show what would be published",
      command: "echo publishing dist/bundle.txt to $PUBLISH_TO",
      only: ["site"],
      variables: ["PUBLISH_TO"],
      dependsOn: ["bundle"],
      effect: true,
    },
  },
} satisfies Config;
