from core.words import count_words


def render_table(text: str) -> str:
    """The words of a text as lines, the most frequent first."""
    counts = sorted(count_words(text).items(), key=lambda item: (-item[1], item[0]))
    return "\n".join(f"{count:>4}  {word}" for word, count in counts)
