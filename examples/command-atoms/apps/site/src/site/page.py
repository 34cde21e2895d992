from report import line


def page() -> str:
    return f"<p>{line('page', 2)}</p>\n"
