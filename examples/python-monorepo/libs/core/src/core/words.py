from collections import Counter


def count_words(text: str) -> dict[str, int]:
    """How often each word stands in a text; case does not count."""
    return dict(Counter(text.lower().split()))
