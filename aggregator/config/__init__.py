from aggregator.config.joins import joining
from aggregator.config.names import known_sources
from aggregator.config.outputs import MAIN, all_outputs, token_files
from aggregator.config.read import default_path, examine, exists, find, load, load_text, read_config_text
from aggregator.config.schema import Config

__all__ = [
    "MAIN",
    "Config",
    "all_outputs",
    "default_path",
    "examine",
    "exists",
    "find",
    "joining",
    "known_sources",
    "load",
    "load_text",
    "read_config_text",
    "token_files",
]
