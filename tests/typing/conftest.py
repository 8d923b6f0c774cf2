"""The scripts of the two folders are read by mypy; they are not run."""

collect_ignore = ["accepted", "refused"]
