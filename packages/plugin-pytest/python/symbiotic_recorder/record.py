"""What is kept of one test file: all that its outcome depended on, and what it gave."""

import functools

from . import closure, lines
from .surroundings import conftests

VERSION = 2


class Whole:
    """What all test files of one process share: what was loaded and looked at before the first of them ran."""

    def __init__(self, selection, watch, recorder, collected):
        tree = selection.tree
        self.tree = tree
        self.started = watch.started
        self.selection = selection
        self.recorder = recorder
        self.imported = by_place(tree, recorder.imported())
        self.seen = watch.seen.told()
        self.of = {test: seen.told() for test, seen in watch.of.items()}
        self.by = {place: seen.told() for place, seen in watch.by.items()}
        self.evidence = dict(watch.evidence)
        self.closure = closure.Closure(tree, watch.imports)
        self.words = set(watch.words)
        # A module with doctests is a module.
        self.tests = {one for one in collected if not one.endswith(".py") or selection.is_test(one)}
        # Nobody imports these by their names but pytest.
        self.stems = {stem(one) for one in self.tests}
        # Whoever has a module loaded can come to it by a text, by its package, by a registry: so each counts for all.
        self.loaded = [one for one in self.closure.files if one not in self.tests]
        # By file, as all test files ask for the same ones: whose its lines are, and what ran of it when it was imported.
        self.owned = {}
        self.packed = {}
        self.ran = {}

    @functools.cached_property
    def impure(self):
        """What an import does beyond its own module is seen by every test."""
        return [one for one in sorted(self.tests) if not (self.tree.units(one) or {"plain": True})["plain"]]

    def seen_by(self, test, ran, reached, name):
        """What was looked at in one way for a test: for all, while it was collected, while it ran, and by modules that it reaches."""
        modules = (place for module in reached for place in self.by.get(module, {}).get(name, ()))
        return {*self.seen[name], *self.of.get(test, {}).get(name, ()), *ran[name], *modules}

    def owners(self, place):
        """Whose the lines of a file are; None where nobody can tell."""
        if place not in self.owned:
            table = self.tree.units(place)
            self.owned[place] = None if table is None else lines.Owners(table)
        return self.owned[place]

    def functions(self, place, measured):
        """The functions of a file that ran, in a test's own process and when the file was imported, and the hints of what ran."""
        if not measured and place in self.ran:
            return self.ran[place]
        table, is_lines = self.tree.units(place), self.recorder.kind == "lines"
        points = {*self.imported.get(place, ()), *measured}
        ran = lines.lines_of(points) if is_lines else points
        names = lines.executed(self.owners(place), ran, self.recorder.kind) if points else set(table["units"])
        bodies = {name: table["units"][name]["body"] for name in sorted(names)}
        found = bodies, lines.shown(table, {*names, ""}, ran if points and is_lines else None)
        if not measured:
            self.ran[place] = found
        return found

    def covered(self, place, measured):
        """What ran of a file, as it is kept: in a test's own process, and when the file was imported."""
        if not measured and place in self.packed:
            return self.packed[place]
        points = {*self.imported.get(place, ()), *measured}
        owners = self.owners(place)
        kept = None if owners is None or not points else lines.stored(owners, points)
        kept = lines.raw(points) if kept is None and points else kept
        if not measured:
            self.packed[place] = kept
        return kept


def by_place(tree, points):
    found = {}
    for file, some in points.items():
        # Code that was made from a text is in no file.
        place = None if file.startswith("<") else tree.place(file)
        if place is not None and some:
            found[place] = set(some)
    return found


def with_more(points, more):
    return {place: {*points.get(place, ()), *more.get(place, ())} if place in more else points[place] for place in {**points, **more}}


def record_of(whole, test, ran):
    """The record, and why there is none: one of the two is None. `ran`: what its process told."""
    tree = whole.tree
    evidence = {**whole.evidence, **ran["evidence"]}
    measured = by_place(tree, ran["points"])
    # What frees what was left ran too, though no coverage is told of it.
    ever = with_more(measured, by_place(tree, ran["late"]))
    loaded = {*conftests(tree, test), test, *ever, *ran["loaded"]}
    # A conftest.py is only for what is below it.
    own = {*loaded, *whole.closure.of(loaded)}
    foreign = {*whole.tests, *(one for one in whole.loaded if is_conftest(one))} - own
    reached = sorted(own | (set(whole.loaded) - foreign))
    code, hints = code_of(whole, test, reached, ever)
    # What others imported was not run for this one.
    for why in refused(test, {place: some for place, some in hints.items() if place in own}):
        evidence.setdefault(why, "")
    if evidence:
        return None, evidence
    covered = coverage_of(whole, reached, measured)
    for place, kept in covered.items():
        if lines.RAW in kept and place in code:
            del code[place][1:]
    words = sorted({*closure.words_of(tree, reached), *ran["words"], *whole.words - whole.stems, stem(test)})
    names = {word: whole.selection.named(word) for word in words}
    seen = {name: whole.seen_by(test, ran, reached, name) for name in whole.seen}
    # What Python's import read and is no module was run all the same.
    data = {*seen["files"], *(seen["sources"] - set(code) - foreign)}
    for place in data & set(code):
        del code[place][1:]
    data -= set(code)
    # What is an input the engine looks at again; anything else may be another file by now.
    young = [place for place in sorted({*data, *seen["stats"]}) if tree.is_younger(place, whole.started)]
    if young:
        return None, {"reads what was written since the run began": young[0]}
    return {
        "v": VERSION,
        "code": code,
        "data": {place: tree.digest(place) for place in sorted(data)},
        "kinds": kinds_of(tree, seen["kinds"] - data - set(code)),
        "stats": {place: tree.measure(place) for place in sorted(seen["stats"])},
        "folders": {place: tree.listing(place) for place in sorted(seen["folders"])},
        "measured": {place: tree.listing(place, True) for place in sorted(seen["measured"])},
        "around": whole.selection.beside(test),
        "names": {word: found for word, found in names.items() if found},
        "unnamed": [word for word, found in names.items() if not found],
        "impure": test in whole.impure,
        "left": ran["left"],
        "filters": ran["filters"],
        "tests": ran["tests"],
        "lines": covered,
        "seconds": round(ran["seconds"], 3),
    }, None


def stem(place):
    """The name by which a file would be imported."""
    return place.rpartition("/")[2].partition(".")[0]


def is_conftest(place):
    return place.rpartition("/")[2] == "conftest.py"


def kinds_of(tree, places):
    """By what is there: the places that were only looked for."""
    found = {}
    for place in sorted(places):
        found.setdefault(tree.kind(place) or "", []).append(place)
    return found


def code_of(whole, test, reached, measured):
    """`{file: [digest, module level, {function: body}]}`, with the digest alone where a file counts whole; and the hints of what ran of each."""
    tree = whole.tree
    code, hints = {}, {}
    for place in reached:
        table = tree.units(place) if place.endswith(".py") else None
        points = whole.imported.get(place) or measured.get(place)
        own = place == test or place in whole.tests or is_conftest(place)
        if table is None:
            code[place] = [tree.digest(place)]
            hints[place] = {"library"} if place.endswith((".so", ".pyd")) else set()
            continue
        bodies, hints[place] = whole.functions(place, measured.get(place, ()))
        # Of a file without functions nothing has to be seen to run.
        is_seen = points or len(table["units"]) == 1
        code[place] = [tree.digest(place), table["module"], bodies] if is_seen and not own else [tree.digest(place)]
    for place in whole.impure:
        if place not in code:
            code[place] = [tree.digest(place), tree.units(place)["module"], {}]
    if any("looks" in some for some in hints.values()):
        return {place: one[:1] for place, one in code.items()}, hints
    return code, hints


def refused(test, hints):
    """Why a file can never be served, from the text of what ran."""
    found = set().union(*hints.values())
    steady = set().union(*(some for place, some in hints.items() if place == test or is_conftest(place)))
    if "library" in found:
        yield "loads a library that is built from the tree"
    if "clock" in found and "frozen" not in steady:
        yield "reads the clock"
    if "chance" in found and "seeded" not in steady:
        yield "draws by chance"


def coverage_of(whole, reached, measured):
    """`{file: {unit: [shape, places]}}`, of what ran here and of what ran when these files were imported."""
    if whole.recorder.kind != "lines":
        return {}
    covered = {place: whole.covered(place, measured.get(place, ())) for place in sorted({*reached, *measured})}
    return {place: kept for place, kept in covered.items() if kept is not None}
