"""The outside validators that the tests run, and how they come onto a machine."""
