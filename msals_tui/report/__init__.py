"""What is handed over: one document model, one file per format. Pure text in memory."""
