"""What an issue is made of, and taking it apart."""
