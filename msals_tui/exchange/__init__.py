"""Other people's formats, read into findings: the twin of `report`. Pure: bytes in, value out."""
