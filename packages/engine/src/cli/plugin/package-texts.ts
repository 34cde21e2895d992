/** What of a plugin's package is no code, by path. */
export function packageTexts(tool: string, version: string): Readonly<Record<string, string>> {
  return {
    "package.json": `${JSON.stringify(manifestOf(tool, version), undefined, 2)}\n`,
    "tsconfig.json": `${JSON.stringify(TSCONFIG, undefined, 2)}\n`,
    "README.md": readmeOf(tool),
  };
}

function manifestOf(tool: string, version: string): object {
  return {
    name: `symbiotic-plugin-${tool}`,
    version: "0.1.0",
    description: `${tool} as a Symbiotic validator`,
    license: "MIT",
    type: "module",
    keywords: ["symbiotic", "symbiotic-plugin", tool],
    exports: { ".": "./src/index.ts", "./package.json": "./package.json" },
    engines: { node: ">=22.18" },
    scripts: { test: "vitest run", types: "tsc" },
    dependencies: { "@symbiotic-build/validator": `^${version}`, zod: "^4.6.7" },
    peerDependencies: { "@symbiotic-build/engine": `^${version}` },
    devDependencies: {
      "@symbiotic-build/engine": `^${version}`,
      "@types/node": "^22.0.0",
      typescript: "^5.9.0",
      vitest: "^5.0.0",
    },
  };
}

const TSCONFIG = {
  compilerOptions: {
    target: "ES2024",
    module: "NodeNext",
    moduleResolution: "NodeNext",
    types: ["node"],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ["src"],
};

function readmeOf(tool: string): string {
  const id = tool.replaceAll("-", "_");
  return `# symbiotic-plugin-${tool}

Runs ${tool} over each project, with the ${tool} that the project itself has.

\`\`\`ts
import { plugin as ${camel(tool)} } from "symbiotic-plugin-${tool}";

export default { plugins: [${camel(tool)}()] };
\`\`\`

## Options

| option | type          | default | means                          |
| ------ | ------------- | ------- | ------------------------------ |
| \`args\` | list of texts | \`[]\`    | further arguments for the tool |

## Atoms

\`run_${id}\`, in the targets \`validate\` and \`gates\`. A finding equals one of ${tool} by hand by its path, line and rule.

## Gates

\`${id}_clean\` passes while there are no findings but notes. It is required where the repository has settings for ${tool}.
`;
}

/** `pip-audit` as a name in code. */
export function camel(tool: string): string {
  return tool.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
