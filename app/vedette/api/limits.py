"""How much one question may cost. Seconds, rows and bytes; every operation stays within them."""

LIST_SECONDS = 5.0
"""For a page of a list: past it the answer is 503 with a sentence."""

COUNT_SECONDS = 0.25
"""For an exact count beside a page; where it is not to be had in that time the header is left out."""

TRACE_SECONDS = 20.0
"""For a whole trace of up to MAX_TRACE_SPANS."""

PAGE_ROWS = 100
"""The most rows in one page, as in Sentry."""

DEFAULT_ROWS = 25

BULK_ISSUES = 1_000
"""The most issues one bulk update can name; Sentry's limit as well."""

BULK_FOUND = 10_000
"""The most issues one bulk update touches that says what to look for instead."""

MAX_TRACE_SPANS = 100_000

MAX_QUERY_STRING = 3_600
"""Characters in the URL of a list: its `Link` header repeats it twice, and clients read 8 kB of a header."""

MAX_BODY = 1 << 20
"""Bytes in the JSON body of a request."""

DOWNLOAD_CHUNK = 256 * 1024

EXPLORE_SECONDS = 4.0
"""For a table or a chart of answers; past it the newest rows alone are looked at, and the answer says so."""

EXPLORE_ROWS = 50
"""Rows of a table where the question does not say."""
