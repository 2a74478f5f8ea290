"""The entry point of the command `aggregator`."""

import signal


def main() -> None:
    # Ctrl-C while we are still importing must not print a traceback.
    python = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if python:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from aggregator.cli import main

    if python:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    main()


if __name__ == "__main__":
    main()
