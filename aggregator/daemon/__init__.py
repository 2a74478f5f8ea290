"""A beat and a server in one process, until SIGTERM."""
