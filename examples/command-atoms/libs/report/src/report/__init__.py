from words import plural


def line(word: str, count: int) -> str:
    return f"{count} {plural(word, count)}"
