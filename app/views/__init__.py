"""One page a module: `show()` holds widgets and layout; what is shown is calculated in queries and app.pictures."""
