from aggregator.config.joins import joining
from aggregator.config.outputs import MAIN, all_outputs, token_files
from aggregator.config.read import default_path, examine, find, load, load_text, there, written
from aggregator.config.schema import Config

__all__ = [
    "MAIN",
    "Config",
    "all_outputs",
    "default_path",
    "examine",
    "find",
    "joining",
    "load",
    "load_text",
    "there",
    "token_files",
    "written",
]
