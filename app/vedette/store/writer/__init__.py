"""The only writer of a workspace: collects a batch of requests, writes it in one transaction."""
