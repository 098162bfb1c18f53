"""What ``/api/0/`` says of a thing: pure functions from values to the published members."""
