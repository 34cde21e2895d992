import type { Files } from "./repository.ts";

/** A small Python project as anybody has one: an unused import, a test that fails, and no word about Symbiotic. */
export const SHOP: Files = {
  ".gitignore": "__pycache__/\n.pytest_cache/\n.ruff_cache/\n.coverage\n",
  "README.md": "# Shop\n",
  "pyproject.toml":
    '[project]\nname = "shop"\nversion = "1.0"\n\n[tool.ruff]\nline-length = 100\n\n[tool.pytest.ini_options]\npythonpath = ["src"]\n',
  "src/shop/__init__.py": "import os\n\n\ndef price(count: int) -> int:\n    return count * 2\n",
  "tests/test_price.py":
    "from shop import price\n\n\ndef test_two():\n    assert price(2) == 4\n\n\ndef test_none():\n    assert price(0) == 1\n",
};

/** What makes the project clean. */
export const MENDED: Files = {
  "src/shop/__init__.py": "def price(count: int) -> int:\n    return count * 2\n",
  "tests/test_price.py":
    "from shop import price\n\n\ndef test_two():\n    assert price(2) == 4\n\n\ndef test_none():\n    assert price(0) == 0\n",
};

/** Three projects: `api` requires `core` by name, `docs` nothing. */
export const MONOREPO: Files = {
  ".gitignore": "__pycache__/\n.pytest_cache/\n.ruff_cache/\n.coverage\n",
  "README.md": "# Three projects\n",
  "uv.lock": "version = 1\n",
  ...project(
    "core",
    [],
    "def double(number: int) -> int:\n    return number * 2\n",
    "from core import double\n\n\ndef test_double():\n    assert double(2) == 4\n",
  ),
  ...project(
    "api",
    ["core"],
    'def name() -> str:\n    return "api"\n',
    'from api import name\n\n\ndef test_name():\n    assert name() == "api"\n',
  ),
  ...project(
    "docs",
    [],
    'def title() -> str:\n    return "docs"\n',
    'from docs import title\n\n\ndef test_title():\n    assert title() == "docs"\n',
  ),
};

function project(name: string, dependencies: readonly string[], source: string, test: string): Files {
  return {
    [`${name}/README.md`]: `# ${name}\n`,
    [`${name}/pyproject.toml`]: `[project]\nname = "${name}"\nversion = "1.0"\ndependencies = ${JSON.stringify(dependencies)}\n\n[tool.pytest.ini_options]\npythonpath = ["src"]\n`,
    [`${name}/src/${name}/__init__.py`]: source,
    [`${name}/tests/test_${name}.py`]: test,
  };
}
