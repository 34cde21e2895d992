"""What coverage gathers, taken from it as it comes: its own data go through a database, and look for all files that could have run."""


def gathered_by(measure):
    """Takes what a measure that was started once gathers from now on; None where its release does that in another way."""
    import coverage

    class Gathered(coverage.CoverageData):
        """`points`: by absolute path, lines or pairs of them."""

        def __init__(self):
            super().__init__(no_disk=True)
            self.points = {}

        def add_lines(self, line_data):
            for file, lines in line_data.items():
                self.points.setdefault(file, set()).update(lines)

        def add_arcs(self, arc_data):
            self.add_lines({file: map(tuple, arcs) for file, arcs in arc_data.items()})

        def add_file_tracers(self, file_tracers):
            """Where there are any, nothing is measured by this."""

        def taken(self):
            """What came since this was asked last."""
            measure._collector.flush_data()
            points, self.points = self.points, {}
            return points

    collector = getattr(measure, "_collector", None)
    if not (hasattr(collector, "covdata") and callable(getattr(collector, "flush_data", None))):
        return None
    collector.covdata = Gathered()
    return collector.covdata


def share_decisions(measure, other):
    """What one measure decided about files, the other need not ask once more: both have the same settings."""
    known, own = (getattr(getattr(one, "_collector", None), "should_trace_cache", None) for one in (other, measure))
    if isinstance(known, dict) and isinstance(own, dict):
        own.update(known)
