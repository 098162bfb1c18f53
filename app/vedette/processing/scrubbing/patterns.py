"""What the built-in rules recognise, as regular expressions that cannot run away.

Every repeat is bounded or followed by what it cannot itself match, so a search takes time proportional to the
text, whatever the text; the latter are possessive, since giving back what they took never helps and took most
of the time: a hostile megabyte takes one or two seconds with the usual rules. Each pattern names what must
occur in a text (``needles``, or a shape of digits) before it is worth searching: most texts hold nothing of
the kind, and finding that out is most of the work.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property


class Looks(Enum):
    """Where a pattern looks."""

    VALUE = auto()  # in the text
    KEY = auto()  # at the key; a hit takes the whole value
    KEY_AND_VALUE = auto()  # at the key, then in the text; either hit takes the whole value


@dataclass(frozen=True)
class Pattern:
    """A regular expression with what of a match is replaced.

    ``groups`` are the numbers of the groups replaced, 0 the whole match; empty means the whole text.
    ``needles`` are lower-case texts of which one must occur; ``outline`` is searched in the text's outline
    (digits are ``0``, capital letters ``A``, others ``a``). Neither: every text is searched.
    """

    expression: re.Pattern[str]
    groups: tuple[int, ...] = (0,)
    looks: Looks = Looks.VALUE
    needles: tuple[str, ...] = ()
    outline: re.Pattern[bytes] | None = None

    def key_hits(self, key: str) -> bool:
        """Return whether *key* alone gives the value away."""
        if self.looks is Looks.VALUE:
            return False
        return self.expression.search(key) is not None

    def may_match(self, text: "Searchable") -> bool:
        """Return whether what a match needs occurs in *text*."""
        places = self.places(text)
        return places is None or next(places, None) is not None

    def places(self, text: "Searchable") -> Iterator[int] | None:
        """Return where in *text* a match may be, None for anywhere."""
        if self.looks is Looks.KEY:
            return iter(())
        if self.outline is not None:
            return (match.start() for match in self.outline.finditer(text.outline))
        if self.needles:
            return text.find(self.needles)
        return None


class Searchable:
    """A text prepared for the question where patterns may match, as cheaply as that can be asked."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def lower(self) -> str | None:
        """The text in lower case; None where that is longer or shorter, as with some Turkish letters."""
        lower = self.text.lower()
        return lower if len(lower) == len(self.text) else None

    @cached_property
    def outline(self) -> bytes:
        return self.text.encode("ascii", "replace").translate(_OUTLINE)

    def find(self, needles: tuple[str, ...]) -> Iterator[int] | None:
        if self.lower is None:
            return None
        return self._find(self.lower, needles)

    @staticmethod
    def _find(lower: str, needles: tuple[str, ...]) -> Iterator[int]:
        for needle in needles:
            place = lower.find(needle)
            while place >= 0:
                yield place
                place = lower.find(needle, place + 1)


_OUTLINE = bytes(
    ord("0")
    if 48 <= byte <= 57
    else ord("A")
    if 65 <= byte <= 90
    else ord("a")
    if 97 <= byte <= 122
    else byte
    for byte in range(256)
)

_OCTET = "(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)"
_IPV4 = rf"{_OCTET}\.{_OCTET}\.{_OCTET}\.{_OCTET}"
_H = "[0-9a-f]{1,4}"
_IPV6 = "|".join(
    [
        rf"fe80(?:::?{_H}){{0,7}}%[0-9a-z]{{1,64}}",
        f"(?:{_H}:){{7}}{_H}",
        rf"(?:{_H}:){{1,4}}:{_IPV4}",
        rf"::(?:ffff(?::0{{1,4}})?:)?{_IPV4}",
        *(f"(?:{_H}:){{1,{n}}}(?::{_H}){{1,{7 - n}}}" for n in range(1, 7)),
        f"(?:{_H}:){{1,7}}:",
        f":(?::{_H}){{1,7}}",
        "::",
    ]
)
_IBAN_COUNTRIES = (
    "AD AE AL AO AT AZ BA BE BF BG BH BI BJ BR BY CF CG CH CI CM CR CV CY CZ DE DJ DK DO DZ EE EG ES FI FO FR"
    " GA GB GE GI GL GQ GR GT GW HN HR HU IE IL IQ IR IS IT JO KM KW KZ LB LC LI LT LU LV LY MA MC MD ME MG"
    " MK ML MR MT MU MZ NE NI NL NO PK PL PS PT QA RO RS RU SA SC SE SI SK SM SN ST SV TD TG TL TN TR UA VA"
    " VG XK"
)
SECRET_WORDS = (
    "password",
    "secret",
    "passwd",
    "api-key",
    "api_key",
    "apikey",
    "auth",
    "credentials",
    "mysql_pwd",
    "privatekey",
    "private-key",
    "private_key",
)
SESSION_COOKIES = frozenset(
    [
        "sentrysid",
        "sudo",
        "su",
        "session",
        "__session",
        "sessionid",
        "user_session",
        "symfony",
        "phpsessid",
        "fasthttpsessionid",
        "mysession",
        "irissessionid",
        "_vercel_jwt",
        "csrf",
        "xsrf",
        "_xsrf",
        "_csrf",
        "csrf-token",
        "csrf_token",
        "xsrf-token",
        "xsrf_token",
        "fastcsrf",
        "_iris_csrf",
    ]
)
"""Names of cookies, in lower case, that let their holder into a session."""

ANYTHING = Pattern(re.compile(r".*", re.DOTALL), groups=())
IMEI = Pattern(re.compile(r"\b\d{2}-?\d{6}-?\d{6}-?\d{1,2}\b"), outline=re.compile(rb"00-?0{6}-?0{6}-?0"))
MAC = Pattern(
    re.compile(r"\b(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}\b"),
    outline=re.compile(rb"[0aA][0aA][:-][0aA][0aA][:-][0aA][0aA][:-]"),
)
UUID = Pattern(
    re.compile(
        r"\b[a-z0-9]{8}-?[a-z0-9]{4}-?[a-z0-9]{4}-?[a-z0-9]{4}-?[a-z0-9]{12}\b", re.IGNORECASE | re.ASCII
    )
)
EMAIL = Pattern(
    re.compile(
        r"\b[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,256}+@[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63}){0,20}"
        r"\.[a-zA-Z]{2,63}\b"
    ),
    needles=("@",),
)
IBAN = Pattern(
    re.compile(rf"\b(?=[A-Z]{{2}}\d\d)(?:{_IBAN_COUNTRIES.replace(' ', '|')})\d{{2}}[a-zA-Z0-9]{{11,29}}\b"),
    outline=re.compile(rb"AA00[0aA]{11}"),
)
IPV4 = Pattern(re.compile(rf"\b{_IPV4}\b"), outline=re.compile(rb"0\.0{1,3}\.0{1,3}\.0"))
IPV6 = Pattern(
    # All of them begin so; looking for it first takes a third of the time.
    re.compile(
        rf"(?=[0-9a-f]{{0,4}}[:%])(?:(?<=[\s!-/:-@\[-`{{-~])|^)({_IPV6})(?=[\s!-/:-@\[-`{{-~]|$)",
        re.IGNORECASE,
    ),
    groups=(1,),
    outline=re.compile(rb"::|:[0aA]{1,4}:"),
)
CREDITCARD = Pattern(
    re.compile(r"\b(?:3[47]\d|4\d{3}|5[1-5]\d\d|65\d\d|6011)(?:[-\s]?\d){12}\b"),
    outline=re.compile(rb"000(?:[-\s]?0){12}"),
)
USERPATH = Pattern(
    re.compile(
        r"(?:\b(?:[a-z]:[\\/])?(?:users|home|documents and settings|[^/\\\x00]{1,128}+[/\\]profiles)[\\/]"
        r"|/(?:home|users)/)([^/\\\r\n\x00]+)",
        re.IGNORECASE,
    ),
    groups=(1,),
    needles=("users", "home", "documents and settings", "profiles"),
)
PEMKEY = Pattern(
    re.compile(
        r"-----BEGIN[A-Z ]{1,40}(?:PRIVATE|PUBLIC) KEY-----[\t ]{0,40}\r?\n?"
        r"((?:(?!-----BEGIN).){1,65536}?)"
        r"\r?\n?-----END[A-Z ]{1,40}(?:PRIVATE|PUBLIC) KEY-----",
        re.DOTALL,
    ),
    groups=(1,),
    needles=("-----begin",),
)
URLAUTH = Pattern(
    re.compile(r"(?:\b[a-z0-9+-]{1,32}+:|\b)//([a-zA-Z0-9%_.-]{1,256}+(?::[a-zA-Z0-9%_.-]{1,256}+)?)@"),
    groups=(1,),
    needles=("//",),
)
URLAUTH_PASSWORD = Pattern(
    re.compile(r"(?:\b[a-z0-9+-]{1,32}+:|\b)//[a-zA-Z0-9%_.-]{1,256}+:([a-zA-Z0-9%_.-]{1,256}+)@"),
    groups=(1,),
    needles=("//",),
)
US_SSN = Pattern(re.compile(r"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b"), outline=re.compile(rb"000-00-0000"))
BEARER = Pattern(re.compile(r"\bBearer\s{1,64}+\S+", re.IGNORECASE), needles=("bearer",))
TOKEN_KEY = Pattern(re.compile(r"token", re.IGNORECASE), groups=(), looks=Looks.KEY)
PASSWORD = Pattern(
    re.compile(
        rf"{'|'.join(SECRET_WORDS)}|token[^\s:=]{{0,100}}+[:=]|\A(?:otp|two[-_]factor)\Z",
        re.IGNORECASE,
    ),
    groups=(),
    looks=Looks.KEY_AND_VALUE,
    needles=(*SECRET_WORDS, "token", "otp", "two-factor", "two_factor"),
)
COOKIES = Pattern(
    re.compile(
        rf"(?:\A|;)\s{{0,8}}(?:{'|'.join(sorted(map(re.escape, SESSION_COOKIES), key=len, reverse=True))})"
        r"\s{0,8}=\s{0,8}([^;\s]+)",
        re.IGNORECASE,
    ),
    groups=(1,),
)
"""Values of session cookies in the text of a Cookie header."""
