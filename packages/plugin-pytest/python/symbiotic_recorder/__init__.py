"""Records what each test file of a pytest run depends on, and leaves out those of which nothing changed. Python 3.8 and newer."""

from .plugin import Recorder

__all__ = ["Recorder"]
