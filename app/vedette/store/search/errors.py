"""What is wrong with a query, and where."""


class QueryError(ValueError):
    """The query cannot be understood; ``column`` is where, counted from 0 in the text given.

    ``length`` is how many characters from there are meant; 0: none stands there, something is missing.
    """

    def __init__(self, message: str, column: int, length: int = 0) -> None:
        super().__init__(message)
        self.column = column
        self.length = length
