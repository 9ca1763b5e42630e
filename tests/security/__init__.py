"""What a hostile document, reader or neighbour may try, and what holds against it: the tests that docs/security.md names."""
