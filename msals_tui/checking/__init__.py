"""All faults of all content in one pass, each with its file and line, what is wrong and what to do."""
