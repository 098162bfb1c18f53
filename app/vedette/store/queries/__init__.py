"""Questions the store answers, one function each, beside the dataclass they fill."""
