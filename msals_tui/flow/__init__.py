"""One run of the program without a screen: what comes after what, and who may do it. Every front end shows its steps."""
