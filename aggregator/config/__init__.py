from aggregator.config.environment import NO_VARIABLES
from aggregator.config.file import default_path, exists, find, read_config_text
from aggregator.config.idle import idle_settings
from aggregator.config.joins import joining
from aggregator.config.keys import Config
from aggregator.config.names import known_sources
from aggregator.config.outputs import MAIN, all_outputs, token_files
from aggregator.config.read import examine, load, load_text

__all__ = [
    "MAIN",
    "NO_VARIABLES",
    "Config",
    "all_outputs",
    "default_path",
    "examine",
    "exists",
    "find",
    "idle_settings",
    "joining",
    "known_sources",
    "load",
    "load_text",
    "read_config_text",
    "token_files",
]
