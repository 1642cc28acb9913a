"""Side by side: what this product and its rivals take for the same work; not in the wheel."""
