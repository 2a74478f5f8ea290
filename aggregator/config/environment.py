"""Variables like AGGREGATOR_FETCH__TIMEOUT: every key of the sections, as a person writes it in a shell."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, get_args, get_origin

PREFIX = "AGGREGATOR_"
NO_VARIABLES: Mapping[str, str] = MappingProxyType({})
# AGGREGATOR_CONFIG names the file. Kubernetes sets the others for a service called "aggregator", and for
# "aggregator-web" those with WEB_, whose PORT only its value tells from a mistake.
OTHERS = re.compile(
    r"AGGREGATOR_(?:CONFIG|(?:[A-Z0-9]+_)*(?:SERVICE_(?:HOST|PORT)(?:_.*)?|PORT_[0-9].*)|PORT)"
)
OF_A_SERVICE = re.compile(r"(?:tcp|udp|sctp)://\S+:[0-9]+")
IN_THE_FILE = ("SOURCE__", "OUTPUT__")
SWITCHES = {
    "true": True,
    "1": True,
    "yes": True,
    "on": True,
    "false": False,
    "0": False,
    "no": False,
    "off": False,
}


def variable(section: str, key: str) -> str:
    return f"{PREFIX}{section}__{key}".upper()


def unknown_variables(environ: Mapping[str, str], sections: Mapping[str, Any]) -> Iterator[str]:
    """A fault for each variable that is meant for us and says nothing to us. Quotes no value."""
    known = [variable(section, field.name) for section, kind in sections.items() for field in fields(kind)]
    for name in sorted(environ):
        others = OTHERS.fullmatch(name) or (name.endswith("_PORT") and OF_A_SERVICE.fullmatch(environ[name]))
        if name.startswith(PREFIX) and name not in known and not others:
            yield f"{name[:100]}: unknown variable; {nearest_variable(name.removeprefix(PREFIX), known)}"


def nearest_variable(rest: str, known: list[str]) -> str:
    if rest.startswith(IN_THE_FILE):
        return "sources and outputs are only in the file"
    near = difflib.get_close_matches(
        rest[:100].upper(), [name.removeprefix(PREFIX) for name in known], 1, 0.5
    )
    return f"did you mean {PREFIX}{near[0]}?" if near else "they are like AGGREGATOR_FETCH__TIMEOUT"


def as_in_the_file(written: str, kind: Any) -> Any:
    """The value that the file would have; the text itself where it cannot be one of that type.

    Lists are written as in the file, or with commas.
    """
    if kind is bool:
        return SWITCHES.get(written.strip().lower(), written)
    if kind is int:
        return int(written) if re.fullmatch(r"\s*-?[0-9]{1,18}\s*", written) else written
    if get_origin(kind) is tuple:
        return as_list(written, get_args(kind)[0])
    return written


def as_list(written: str, kind: Any) -> Any:
    if not written.lstrip().startswith("["):
        return [as_in_the_file(each.strip(), kind) for each in written.split(",") if each.strip()]
    try:
        return tomllib.loads(f"list = {written}")["list"]
    except (ValueError, RecursionError):
        return written
