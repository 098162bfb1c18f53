"""Privacy: what of a document is replaced before it is stored or given away, and the notes that say so. Pure.

``settings`` holds what a project has chosen, ``selectors`` say which values a rule is for, ``patterns`` what
a rule recognises, ``redaction`` what becomes of it, ``schema`` which fields can hold personal data at all,
and ``scrubber`` walks a document with all of that. ``documents`` knows the kinds of items.

Source of all facts: the project's scrubbing reference, measured with the published scrubber.
"""
