"""What screens are drawn with: rows of spans, their colours and places, and the widgets that show them."""
