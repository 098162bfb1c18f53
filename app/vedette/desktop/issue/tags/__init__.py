"""How an issue's events spread over the values of their tags."""
