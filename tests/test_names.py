"""A public name is defined once, so that searching for it finds one thing."""

import ast
from collections import defaultdict

from layers import TREES, spot

SHARED = {
    "main": "how a program starts",
    "fetch": "a command bears the name of what it does",
    "parse": "a command bears the name of what it does",
}
READERS = {"config/values", "config/addresses"}  # used as values.duration: a vocabulary of its own
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def test_a_public_name_is_defined_in_one_module() -> None:
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for path, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, DEFINITIONS) and not node.name.startswith("_") and spot(path) not in READERS:
                homes[node.name].append(spot(path))
    assert {name: found for name, found in homes.items() if len(found) > 1 and name not in SHARED} == {}
