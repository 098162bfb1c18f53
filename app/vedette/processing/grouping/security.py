"""Reports of browsers about a page's security policy."""

import re

from vedette.domain.json import JsonObject
from vedette.processing.grouping.component import Component, build, part
from vedette.processing.grouping.fields import object_of, text_of
from vedette.processing.grouping.stacktraces import How, Variants

_LOCAL = "'self'"
_ADDRESS = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(?://([^/?#]*))?")
_KEYWORD = re.compile("'unsafe-(?:inline|eval)'")


def csp_variants(event: JsonObject, _how: How) -> Variants:
    """Return the variant of a Content-Security-Policy report: which directive, and what it blocked."""
    csp = object_of(event.get("csp"))
    if not csp:
        return {}
    directive = text_of(csp.get("effective_directive"))
    blocked = part("uri", without_path(text_of(csp.get("blocked_uri")) or ""))
    violation = part("violation", None)
    violated = text_of(csp.get("violated_directive"))
    if violated and directive == "script-src" and blocked.text == _LOCAL:
        keyword = _KEYWORD.search(violated)
        violation = part("violation", keyword[0] if keyword else None)
        blocked = blocked.off("the violated directive says more")
    return {"default": build("csp", (part("salt", directive), violation, blocked))}


def hpkp_variants(event: JsonObject, _how: How) -> Variants:
    """Return the variant of a report about pinned keys."""
    return _host_variants("hpkp", event.get("hpkp"))


def expect_staple_variants(event: JsonObject, _how: How) -> Variants:
    """Return the variant of a report about a missing stapled answer."""
    return _host_variants("expect-staple", event.get("expectstaple"))


def expect_ct_variants(event: JsonObject, _how: How) -> Variants:
    """Return the variant of a report about certificate transparency."""
    return _host_variants("expect-ct", event.get("expectct"))


def _host_variants(name: str, report: object) -> Variants:
    if not isinstance(report, dict):
        return {}
    host = part("hostname", text_of(report.get("hostname")))
    return {"default": build(name, (Component("salt", True, None, (name,), name), host))}


def without_path(uri: str) -> str:
    """Return what of a blocked *uri* tells sources apart: host and port, scheme, or ``'self'``."""
    if uri in ("", "self", _LOCAL):
        return _LOCAL
    if ":" not in uri:
        return "" if uri in ("http", "https") else f"{uri}:"
    address = _ADDRESS.match(uri)
    if address is None:
        return ""
    scheme, host = address[1].lower(), address[2] or ""
    if scheme in ("http", "https"):
        return host
    return f"{scheme}://{host}" if host else f"{scheme}:"
