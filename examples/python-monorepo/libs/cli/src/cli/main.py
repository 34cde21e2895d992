import sys

from api.table import render_table


def main(arguments: list[str]) -> int:
    """Prints the table of the words in its arguments; 2 where there are none."""
    if not arguments:
        print("usage: words <text>", file=sys.stderr)
        return 2
    print(render_table(" ".join(arguments)))
    return 0
