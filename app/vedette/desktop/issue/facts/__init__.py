"""What an event tells, as rows and groups of plain values. Pure: no Qt, no store."""
