"""Keeps text that came from outside literal where Qt would read it as HTML or as a mnemonic."""

from html import escape


def plain_tip(text: str) -> str:
    """Return *text* for a tool tip, shown as it is even if it looks like HTML."""
    if "<" not in text:
        return text  # Qt takes nothing without a tag for HTML
    return "<qt>" + escape(text).replace("\n", "<br>") + "</qt>"


def plain_title(text: str) -> str:
    """Return *text* for a button, tab or menu, its ampersands shown instead of underlining a letter."""
    return text.replace("&", "&&")
