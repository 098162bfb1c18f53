"""The rules that come with an edition, read once a process and only when they are first needed."""

from dataclasses import replace
from functools import cache

from vedette.processing.grouping.fingerprint_rules import FingerprintRule, parse_fingerprint_rules

# Sentry's `javascript@2024-02-02`, from its description. The messages are React's, of server rendering that
# does not fit; two parts of pages that cannot be loaded are the same trouble whatever their names are.
_HYDRATION = (
    "Text content does not match server-rendered HTML.",
    "Hydration failed because the initial UI does not match what was rendered on the server.",
    "There was an error while hydrating. Because the error happened outside of a Suspense boundary, the "
    "entire root will switch to client rendering.",
    "There was an error while hydrating this Suspense boundary. Switched to client rendering.",
    "The server could not finish this Suspense boundary, likely due to an error during server rendering. "
    "Switched to client rendering.",
)
_FINGERPRINT_RULES = "\n".join(
    (
        'family:javascript type:"ChunkLoadError" -> chunkloaderror',
        'family:javascript value:"ChunkLoadError*" -> chunkloaderror',
        *(
            f'family:javascript tags.transaction:"*" message:"{message}" '
            "-> hydrationerror, {{tags.transaction}}"
            for message in _HYDRATION
        ),
    )
)


@cache
def built_in_fingerprint_rules() -> tuple[FingerprintRule, ...]:
    """Return the fingerprint rules that count for every project, after its own."""
    return tuple(replace(rule, is_built_in=True) for rule in parse_fingerprint_rules(_FINGERPRINT_RULES))
