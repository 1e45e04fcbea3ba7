"""The intranet of a worker cooperative."""
