"""What is wrong with a command."""


class CommandError(Exception):
    """The caller's mistake: `code` is a word a program can test, the text is for a person."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
