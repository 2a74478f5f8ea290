"""How help is shown: commands in groups, no line cut, an example each."""

import click

GROUPS = {
    "Run": ("run", "serve", "fetch", "worker"),
    "Read": ("stories", "search", "show", "open", "explain"),
    "Look": ("check", "sources", "parse"),
    "Sources": ("add", "remove", "import", "export"),
    "Correct stories": ("split", "merge", "never", "regroup"),
    "Look after the database": ("backup", "verify", "doctor", "repair"),
    "Measure": ("group",),
}
NUMBERS = (
    "STORY is the number of a story, which `aggregator stories` prints; "
    "ENTRY is the number of one of its reports, which `aggregator explain STORY` prints."
)
EXAMPLES = {
    "run": "aggregator run --port 9000",
    "serve": "aggregator serve --host 0.0.0.0",
    "fetch": "aggregator fetch --all --json",
    "worker": "aggregator worker tcp://scheduler.internal:8786",
    "check": "aggregator check",
    "sources": "aggregator sources --json",
    "stories": "aggregator stories --limit 20",
    "search": "aggregator search harbour bridge",
    "show": "aggregator show 17",
    "open": "aggregator open 17",
    "explain": "aggregator explain 17",
    "parse": "aggregator parse https://example.org/feed.xml",
    "add": "aggregator add https://example.org --tag news",
    "remove": "aggregator remove 'Example News'",
    "import": "aggregator import subscriptions.opml",
    "export": "aggregator export > subscriptions.opml",
    "split": "aggregator split 41",
    "merge": "aggregator merge 17 23",
    "never": "aggregator never 41 57",
    "regroup": "aggregator regroup --dry-run --window 48h",
    "backup": "aggregator backup /backups/aggregator.db",
    "verify": "aggregator verify --json",
    "doctor": "aggregator doctor",
    "repair": "aggregator repair repaired.db",
    "group": "aggregator group news.jsonl > stories.jsonl",
}
NUMBERED = {"show", "open", "explain", "split", "merge", "never"}
WHOLE = (
    1000  # characters of a command's line in the list: all of its first sentence, on several lines if need be
)


def write_groups(group: click.Group, context: click.Context, formatter: click.HelpFormatter) -> None:
    for title, names in GROUPS.items():
        with formatter.section(title):
            commands = ((name, group.get_command(context, name)) for name in names)
            formatter.write_dl([(name, each.get_short_help_str(WHOLE)) for name, each in commands if each])


def epilog(name: str) -> str:
    """The end of `aggregator NAME --help`."""
    return f"{NUMBERS}\n\nExample: {EXAMPLES[name]}" if name in NUMBERED else f"Example: {EXAMPLES[name]}"
