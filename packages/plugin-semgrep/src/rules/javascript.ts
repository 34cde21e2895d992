import { anyOf, noneOf, type Rule } from "./rule.ts";

type Parts = Omit<Rule, "languages" | "metadata"> & { readonly cwe: string };

function javascript({ cwe, ...rule }: Parts): Rule {
  return { ...rule, languages: ["javascript", "typescript"], metadata: { cwe: [cwe] } };
}

/** Rules for JavaScript and TypeScript. */
export const JAVASCRIPT_RULES: readonly Rule[] = [
  javascript({
    id: "javascript-eval",
    severity: "WARNING",
    message: "Text is run as code. Parse it (`JSON.parse`), or look the name up in a table.",
    cwe: "CWE-95",
    patterns: [anyOf("eval($X)", "new Function(..., $X)"), ...noneOf('eval("...")', 'new Function(..., "...")')],
  }),
  javascript({
    id: "javascript-shell",
    severity: "ERROR",
    message:
      "A command line that is put together goes through a shell. Use `execFile` or `spawn` with a list of arguments.",
    cwe: "CWE-78",
    patterns: [
      anyOf(
        "$EXEC(`...${$X}...`, ...)",
        '$EXEC("..." + $X, ...)',
        "$CP.$EXEC(`...${$X}...`, ...)",
        '$CP.$EXEC("..." + $X, ...)',
      ),
      ...noneOf('$EXEC("..." + "...", ...)', '$CP.$EXEC("..." + "...", ...)'),
      { "metavariable-regex": { metavariable: "$EXEC", regex: "^(exec|execSync)$" } },
    ],
  }),
  javascript({
    id: "javascript-sql-text",
    severity: "ERROR",
    message: "A value is written into the text of a query. Pass it as a parameter.",
    cwe: "CWE-89",
    patterns: [
      anyOf("$DB.$QUERY(`...${$X}...`, ...)", '$DB.$QUERY("..." + $X, ...)'),
      ...noneOf('$DB.$QUERY("..." + "...", ...)'),
      {
        "metavariable-regex": {
          metavariable: "$QUERY",
          regex: "^(query|execute|raw|\\$queryRawUnsafe|\\$executeRawUnsafe)$",
        },
      },
    ],
  }),
  javascript({
    id: "javascript-inner-html",
    severity: "WARNING",
    message: "What is in the value becomes part of the page, scripts too. Use `textContent`, or clean it first.",
    cwe: "CWE-79",
    patterns: [
      anyOf("$X.innerHTML = $Y", "$X.outerHTML = $Y", "document.write($Y)", "$X.insertAdjacentHTML($P, $Y)"),
      ...noneOf(
        '$X.innerHTML = "..."',
        '$X.outerHTML = "..."',
        'document.write("...")',
        '$X.insertAdjacentHTML($P, "...")',
      ),
    ],
  }),
  javascript({
    id: "javascript-tls-unverified",
    severity: "ERROR",
    message:
      "The server's certificate is not checked, so anybody can answer in its place. Trust its authority instead.",
    cwe: "CWE-295",
    patterns: [
      anyOf("({..., rejectUnauthorized: false, ...})", "process.env.NODE_TLS_REJECT_UNAUTHORIZED = $X"),
      ...noneOf('process.env.NODE_TLS_REJECT_UNAUTHORIZED = "1"'),
    ],
  }),
  javascript({
    id: "javascript-jwt-unverified",
    severity: "ERROR",
    message:
      "A token without a signature is taken, so anybody can write one. Verify with the key and with fixed algorithms.",
    cwe: "CWE-347",
    patterns: [{ pattern: 'jwt.verify(..., {..., algorithms: [..., "none", ...], ...}, ...)' }],
  }),
  javascript({
    id: "javascript-weak-hash",
    severity: "WARNING",
    message: "MD5 and SHA-1 protect nothing. Use SHA-256.",
    cwe: "CWE-328",
    patterns: [anyOf('crypto.createHash("md5", ...)', 'crypto.createHash("sha1", ...)')],
  }),
];
