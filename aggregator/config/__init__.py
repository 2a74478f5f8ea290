from aggregator.config.keys import Config
from aggregator.config.read import examine, find, load, load_text, place, written

__all__ = ["Config", "examine", "find", "load", "load_text", "place", "written"]
