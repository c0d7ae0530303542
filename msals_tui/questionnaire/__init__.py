"""What may be asked and what an answer is. Definitions are pydantic; answers are plain frozen values."""
