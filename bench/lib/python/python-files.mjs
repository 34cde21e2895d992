import { numbers } from "../random.mjs";

/** @typedef {import("./plan.mjs").Unit} Unit */

/** The modules of every project; beside them lies `links`, which imports what the project depends on. */
const MODULES = ["labels", "limits", "parts", "ranges", "records", "rules", "windows"];

const NOTES = [
  "The order of the items is kept, so that two runs over the same items give the same answer.",
  "An empty list is no error here: there is nothing to look at, and the answer says just that.",
  "Values are whole numbers throughout; whoever needs fractions divides at the very end.",
  "Nothing is changed in place: each function takes items and gives a new value.",
  "A name is made of the label and a number, which is unique within one list of items.",
  "The scale belongs to the module and is no argument: no caller has to know it.",
];

/**
 * The Python files of a project, by their path inside of it.
 * @param {Unit} unit
 * @returns {Map<string, string>}
 */
export function pythonFiles(unit) {
  const random = numbers(unit.index + 1);
  const sources = MODULES.map(
    (name) => /** @type {const} */ ([`src/${unit.module}/${name}.py`, moduleText(unit, name, random)]),
  );
  return new Map([
    [`src/${unit.module}/__init__.py`, `"""The library ${unit.name}."""\n`],
    ...sources,
    [`src/${unit.module}/links.py`, linksText(unit)],
    ["tests/test_modules.py", modulesTest(unit)],
    ["tests/test_links.py", linksTest(unit)],
  ]);
}

/**
 * @param {Unit} unit
 * @param {string} name
 * @param {(below: number) => number} random
 */
function moduleText(unit, name, random) {
  const item = `${name.charAt(0).toUpperCase()}${name.slice(1)}Item`;
  const first = random(NOTES.length);
  const notes = NOTES.slice(first, first + 1 + random(3)).join("\n");
  return `"""The ${name} of ${unit.name}.

${notes}
"""

from __future__ import annotations

from dataclasses import dataclass

LABEL = "${name}"
SCALE = ${2 + random(97)}


@dataclass(frozen=True)
class ${item}:
    """One of the ${name}."""

    name: str
    value: int

    def scaled(self) -> int:
        """The value in the unit of this module."""
        return self.value * SCALE


def make_items(count: int) -> list[${item}]:
    """Items numbered from zero; none where the count is not positive."""
    return [${item}(name=f"{LABEL}-{index}", value=index) for index in range(count)]


def total(items: list[${item}]) -> int:
    """The sum of all values in the unit of this module."""
    return sum(item.scaled() for item in items)


def longest(items: list[${item}]) -> str:
    """The longest name; of several the first."""
    best = ""
    for item in items:
        if len(item.name) > len(best):
            best = item.name
    return best


def above(items: list[${item}], limit: int) -> list[str]:
    """The names of the items that are worth more than the limit."""
    return [item.name for item in items if item.scaled() > limit]
`;
}

/** @param {Unit} unit */
function linksText({ name, dependsOn }) {
  const imports = dependsOn.map(({ module }) => `from ${module} import links as ${module}_links\n`).join("");
  const depths = dependsOn.map(({ module }) => `${module}_links.DEPTH`).join(", ");
  return `"""What ${name} has from the libraries that it depends on."""
${imports === "" ? "" : `\n${imports}`}
DEPTHS = [${depths}]
DEPTH = 1 + max(DEPTHS, default=0)


def describe() -> str:
    """How deep below this library the lowest one lies, in words."""
    return f"${name} has {DEPTH} levels"
`;
}

/** @param {Unit} unit */
function modulesTest({ module }) {
  return `import pytest
from ${module} import ${MODULES.join(", ")}

MODULES = [${MODULES.join(", ")}]


@pytest.mark.parametrize("module", MODULES)
def test_items_add_up(module):
    items = module.make_items(4)
    assert module.total(items) == 6 * module.SCALE
    assert module.above(items, 2 * module.SCALE) == [f"{module.LABEL}-3"]
    assert module.longest(items) == f"{module.LABEL}-0"
`;
}

/** @param {Unit} unit */
function linksTest({ module, name, level }) {
  return `from ${module} import links


def test_depth_counts_the_levels_below():
    assert links.DEPTH == ${level + 1}


def test_description_names_the_library():
    assert links.describe() == "${name} has ${level + 1} levels"
`;
}
