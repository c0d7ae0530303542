"""Pictures made of characters, for people who would rather look than read. Pure: no screen, no disk, no clock."""
