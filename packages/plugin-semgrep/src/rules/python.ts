import { anyOf, noneOf, type Rule } from "./rule.ts";

type Parts = Omit<Rule, "languages" | "metadata"> & { readonly cwe: string };

function python({ cwe, ...rule }: Parts): Rule {
  return { ...rule, languages: ["python"], metadata: { cwe: [cwe] } };
}

const LOGIN_ABOVE_ROUTE = [
  String.raw`(?m)^[ \t]*@[\w.]*(?:login|auth|permission|role|token|jwt)\w*(?:\([^()\n]*\))?[ \t]*\n`,
  String.raw`[ \t]*@\w+(?:\.\w+)*\.(?:route|get|post|put|patch|delete)\(`,
].join("");

/** Rules for Python. */
export const PYTHON_RULES: readonly Rule[] = [
  python({
    id: "python-eval",
    severity: "WARNING",
    message: "Text is run as code. Parse it (`ast.literal_eval`, `json.loads`), or look the name up in a table.",
    cwe: "CWE-95",
    patterns: [anyOf("eval($X, ...)", "exec($X, ...)"), ...noneOf('eval("...", ...)', 'exec("...", ...)')],
  }),
  python({
    id: "python-shell",
    severity: "ERROR",
    message:
      "A command line that is put together goes through a shell. Pass a list of arguments, without `shell=True`.",
    cwe: "CWE-78",
    patterns: [
      anyOf("subprocess.$F($X, ..., shell=True, ...)", "os.system($X)", "os.popen($X, ...)"),
      ...noneOf('subprocess.$F("...", ..., shell=True, ...)', 'os.system("...")', 'os.popen("...", ...)'),
    ],
  }),
  python({
    id: "python-sql-text",
    severity: "ERROR",
    message: "A value is written into the text of a query. Pass it as a parameter of `execute`.",
    cwe: "CWE-89",
    patterns: [
      anyOf(
        '$DB.$EXECUTE(f"...{$X}...", ...)',
        '$DB.$EXECUTE("..." % $X, ...)',
        '$DB.$EXECUTE("..." + $X, ...)',
        '$DB.$EXECUTE("...".format(...), ...)',
      ),
      ...noneOf('$DB.$EXECUTE("..." + "...", ...)'),
      { "metavariable-regex": { metavariable: "$EXECUTE", regex: "^(execute|executemany|executescript|raw)$" } },
    ],
  }),
  python({
    id: "python-unsafe-load",
    severity: "WARNING",
    message: "Loading this format can run any code. Use JSON, or `yaml.safe_load`, for what comes from elsewhere.",
    cwe: "CWE-502",
    patterns: [
      anyOf(
        "pickle.load(...)",
        "pickle.loads(...)",
        "marshal.load(...)",
        "marshal.loads(...)",
        "dill.load(...)",
        "dill.loads(...)",
        "yaml.load(...)",
        "yaml.unsafe_load(...)",
      ),
      ...noneOf("yaml.load(..., Loader=yaml.SafeLoader, ...)", "yaml.load(..., Loader=yaml.CSafeLoader, ...)"),
      ...noneOf("yaml.load($X, yaml.SafeLoader)", "yaml.load($X, yaml.CSafeLoader)"),
    ],
  }),
  python({
    id: "python-extract-all",
    severity: "WARNING",
    message: 'An archive may hold paths that leave the folder. Pass `filter="data"`, or look at each name first.',
    cwe: "CWE-22",
    patterns: [
      { pattern: "$TAR.extractall(...)" },
      { "pattern-inside": "import tarfile\n..." },
      ...noneOf("$TAR.extractall(..., filter=$F, ...)"),
    ],
  }),
  python({
    id: "python-weak-hash",
    severity: "WARNING",
    message:
      "MD5 and SHA-1 protect nothing. Use SHA-256, or say `usedforsecurity=False` where it is not about security.",
    cwe: "CWE-328",
    patterns: [
      anyOf("hashlib.md5(...)", "hashlib.sha1(...)", 'hashlib.new("md5", ...)', 'hashlib.new("sha1", ...)'),
      ...noneOf("hashlib.$F(..., usedforsecurity=False, ...)"),
    ],
  }),
  python({
    id: "python-tls-unverified",
    severity: "ERROR",
    message:
      "The server's certificate is not checked, so anybody can answer in its place. Trust its authority instead.",
    cwe: "CWE-295",
    patterns: [
      anyOf(
        "requests.$F(..., verify=False, ...)",
        "httpx.$F(..., verify=False, ...)",
        "$SESSION.verify = False",
        "ssl._create_unverified_context(...)",
        "$CONTEXT.check_hostname = False",
        "$CONTEXT.verify_mode = ssl.CERT_NONE",
      ),
    ],
  }),
  python({
    id: "python-bind-all",
    severity: "WARNING",
    message:
      "The server listens on every network of the machine. Take the address from the settings, 127.0.0.1 by default.",
    cwe: "CWE-1327",
    patterns: [anyOf('$X.bind(("0.0.0.0", ...))', '$X.run(..., host="0.0.0.0", ...)', '$X.bind(("", $PORT))')],
  }),
  python({
    id: "python-debug-on",
    severity: "WARNING",
    message:
      "Debug mode shows the program's insides to whoever causes an error. Take it from the settings, off by default.",
    cwe: "CWE-489",
    patterns: [anyOf("$APP.run(..., debug=True, ...)", "$APP.debug = True", "FastAPI(..., debug=True, ...)")],
  }),
  python({
    id: "python-jwt-unverified",
    severity: "ERROR",
    message:
      "The token's signature is not checked, so anybody can write one. Decode with the key and with fixed algorithms.",
    cwe: "CWE-347",
    patterns: [
      anyOf(
        'jwt.decode(..., options={..., "verify_signature": False, ...}, ...)',
        "jwt.decode(..., verify=False, ...)",
        'jwt.decode(..., algorithms=[..., "none", ...], ...)',
      ),
    ],
  }),
  python({
    id: "python-temp-race",
    severity: "WARNING",
    message:
      "Between the name and the file somebody else can put one there. Use `mkstemp`, `NamedTemporaryFile` or `TemporaryDirectory`.",
    cwe: "CWE-377",
    patterns: [anyOf("tempfile.mktemp(...)", "os.tempnam(...)", "os.tmpnam(...)")],
  }),
  python({
    id: "flask-template-text",
    severity: "ERROR",
    message:
      "A template that is put together can be given code to run. Render a template's file, and pass values to it.",
    cwe: "CWE-1336",
    patterns: [
      { pattern: "flask.render_template_string($X, ...)" },
      ...noneOf('flask.render_template_string("...", ...)'),
    ],
  }),
  python({
    id: "flask-login-above-route",
    severity: "ERROR",
    message:
      "The route is registered before the check is put around it, so anybody gets in. Write `@...route` above it.",
    cwe: "CWE-862",
    // Semgrep's own patterns do not see the order of decorators.
    patterns: [{ "pattern-regex": LOGIN_ABOVE_ROUTE }],
  }),
  python({
    id: "fastapi-any-origin",
    severity: "WARNING",
    message: "Every site may send requests with the user's cookies. Name the origins that may.",
    cwe: "CWE-942",
    patterns: [
      anyOf(
        '$APP.add_middleware(..., allow_origins=["*"], ...)',
        '$APP.add_middleware(..., allow_origin_regex=".*", ...)',
      ),
      { pattern: "$APP.add_middleware(..., allow_credentials=True, ...)" },
    ],
  }),
  python({
    id: "python-fixed-secret-key",
    severity: "ERROR",
    message: "Who reads the code can sign sessions. Take the key from the environment.",
    cwe: "CWE-798",
    patterns: [
      anyOf(
        '$APP.secret_key = "..."',
        '$APP.config["SECRET_KEY"] = "..."',
        'SessionMiddleware(..., secret_key="...", ...)',
      ),
    ],
  }),
];
