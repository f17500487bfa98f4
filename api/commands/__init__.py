"""What `touchstone` can do on the command line: one file for each command."""
