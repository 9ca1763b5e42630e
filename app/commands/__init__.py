"""One module a command or family of commands; app.cli imports each only when it is called."""
