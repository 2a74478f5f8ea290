"""One merged feed from many, with every story in it once."""

__version__ = "0.1.0"
