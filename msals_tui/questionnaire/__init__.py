"""What may be asked and what an answer is. Definitions are frozen structs; answers are plain frozen values."""
