"""Coverage that outlives a move of its lines: stored by unit and by the place of a line in it."""


class Owners:
    """Whose each line of a file is. Of one table once: every test file asks for most of them."""

    def __init__(self, table):
        self.units = table["units"]
        self.body = {}
        for name, unit in self.units.items():
            if name:
                self.body.update({line: name for line in range(unit["from"], unit["to"] + 1)})
        self.place = {name: {line: at for at, line in enumerate(unit["lines"])} for name, unit in self.units.items()}
        # Test files have most of what ran in common.
        self.known = {}
        self.texts = {}

    def of(self, line):
        return self.body.get(abs(line), "")

    def point(self, name, line):
        """A line as it is stored; None where nothing begins on it."""
        at = self.place[name].get(abs(line))
        return None if at is None else -at - 1 if line < 0 else at

    def stored(self, one):
        """The unit of a line, or of a pair of lines, and the places there."""
        if one not in self.known:
            pair = one if isinstance(one, tuple) else (one,)
            name = next((self.of(line) for line in pair if self.of(line)), "")
            self.known[one] = name, tuple(self.point(name, line) for line in pair)
        return self.known[one]

    def text(self, places):
        whole = frozenset(places)
        if whole not in self.texts:
            self.texts[whole] = packed(whole)
        return self.texts[whole]


def stored(owners, points):
    """`{unit: [shape, text]}` of what was measured in a file; None where a line of it is no line of its text."""
    found = {}
    for one in points:
        name, places = owners.stored(one)
        if None in places:
            return None
        found.setdefault(name, set()).add(places)
    return {name: [owners.units[name]["shape"], owners.text(places)] for name, places in sorted(found.items())}


#: In the place of a unit: the lines are those of the file's own bytes.
RAW = "="


def raw(points):
    return {RAW: ["", packed({one if isinstance(one, tuple) else (one,) for one in points})]}


def restored(table, kept):
    """What was measured, in the lines that the file has now; None where they cannot be told."""
    if RAW in kept:
        return {one[0] if len(one) == 1 else one for one in unpacked(kept[RAW][1])}
    points = set()
    for name, (shape, text) in kept.items():
        unit = table["units"].get(name)
        if unit is None or unit["shape"] != shape:
            return None
        lines = unit["lines"]
        for places in unpacked(text):
            whole = tuple(lines[at] if at >= 0 else -lines[-at - 1] for at in places)
            points.add(whole[0] if len(whole) == 1 else whole)
    return points


def packed(places):
    """`0-4 7` for lines; for pairs of lines `0>1-4` stands for 0 to 1, 1 to 2 and so on to 4, `7>2` for one."""
    words = []
    ordered = sorted(places)
    step = 2 if ordered and len(ordered[0]) == 2 else 1
    at = 0
    while at < len(ordered):
        first = last = at
        if step == 1 or (ordered[at][0] >= 0 and ordered[at][1] == ordered[at][0] + 1):
            while last + 1 < len(ordered) and ordered[last + 1] == tuple(one + 1 for one in ordered[last]):
                last += 1
        start = ">".join(map(str, ordered[first]))
        words.append(start if first == last else "%s-%d" % (start, ordered[last][-1]))
        at = last + 1
    return " ".join(words)


def unpacked(text):
    for word in text.split():
        first, mark, end = word.rpartition("-") if "-" in word[1:] and word[word.rfind("-") - 1] not in ">" else ("", "", "")
        if not mark:
            yield tuple(map(int, word.split(">")))
            continue
        start = tuple(map(int, first.split(">")))
        for more in range(int(end) - start[-1] + 1):
            yield tuple(one + more for one in start)


def executed(owners, points, kind):
    """The names of the functions of a file that ran. `points`: lines, or the first ones of what was called."""
    if kind == "lines":
        return {owners.body[line] for line in points if line in owners.body}
    # A function's code begins at its first decorator, what is in it within its body.
    firsts = {min(unit["lines"]): name for name, unit in owners.units.items() if name}
    return {name for line in points for name in [firsts.get(line) or owners.of(line)] if name}


def lines_of(points):
    """The lines of what was measured: lines, or pairs of them."""
    are_pairs = isinstance(next(iter(points), None), tuple)
    return {abs(line) for line in (set().union(*points) if are_pairs else points)}


def shown(table, names, ran):
    """The hints of functions that ran; where lines are known, of lines that ran."""
    return {hint for name in names for hint, line in table["units"][name]["hints"] if ran is None or line in ran}
