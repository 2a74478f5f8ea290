from aggregator.config.keys import Config
from aggregator.config.read import find, load

__all__ = ["Config", "find", "load"]
