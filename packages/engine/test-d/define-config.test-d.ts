import { defineConfig } from "@symbiotic-build/engine";

defineConfig({
  extends: ["./base.config.ts", "@acme/preset"],
  inputs: { sources: ["src/**"] },
  globalInputs: ["tsconfig.base.json"],
  targets: { ci: ["build", { run: "lint", tag: "node" }] },
  atoms: {
    build: {
      command: "tsc -p .",
      inputs: ["@sources"],
      outputs: ["dist"],
      scratch: ["tsconfig.tsbuildinfo"],
      env: { NODE_ENV: "production" },
      variables: ["API_URL"],
      dependsOn: ["^build"],
      resources: { cpu: 2, memoryMb: 512, mutex: ["port"] },
      timeout: 60,
      retries: 1,
      cache: false,
      only: ["tag:node"],
      targets: ["ci"],
      projects: { web: { command: ["vite", "build"], outputs: ["out"] }, "legacy-*": false },
    },
    inherited: { timeout: 60 },
    gone: false,
  },
});

defineConfig({
  atoms: {
    // @ts-expect-error a command is a text or a list
    build: { command: 5 },
  },
});

defineConfig({
  atoms: {
    // @ts-expect-error no such setting
    build: { comand: "x" },
  },
});

defineConfig({
  // @ts-expect-error an override has no title: it is one for all projects
  atoms: { build: { command: "x", projects: { web: { title: "x" } } } },
});

defineConfig({
  // @ts-expect-error a member of a target with a tag says what to run
  targets: { ci: [{ tag: "node" }] },
});
