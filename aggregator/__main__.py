"""The command `aggregator`, from its first moment on."""

import signal


def main() -> None:
    # Who changes his mind while we are still loading sees no traceback of an import.
    python = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if python:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from aggregator.cli import main

    if python:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    main()


if __name__ == "__main__":
    main()
