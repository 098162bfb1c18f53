"""Numbers as people read them: durations, sizes, counts, shares. Units always spelt."""

from vedette.desktop.language import Separators, tr

_SIZES = ("B", "kB", "MB", "GB", "TB")
NO_VALUE = "—"


def significant(value: float, digits: int = 3) -> str:
    """Return *value* with at most *digits* significant digits and no spare zeros: ``3.6``, ``41.2``."""
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 1
    text = f"{value:.{max(0, digits - whole)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", Separators.decimal)


def duration(micros: float) -> str:
    """Return a length of time given in microseconds: ``3.6 ms``, ``40.8 s``, ``2 min 5 s``."""
    sign, micros = ("−", -micros) if micros < 0 else ("", micros)
    if micros < 999.5:
        return f"{sign}{significant(micros)} µs"
    if micros < 999_500:
        return f"{sign}{significant(micros / 1_000)} ms"
    seconds = micros / 1_000_000
    if seconds < 59.95:
        return f"{sign}{significant(seconds)} s"
    return sign + _long_duration(round(seconds))


def _long_duration(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        whole = tr("{count} d").format(count=days)
        return f"{whole} {hours} h" if hours else whole
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"


def size(count: int) -> str:
    """Return a number of bytes in decimal units: ``912 B``, ``12.1 kB``, ``3.1 GB``."""
    value = float(count)
    for unit in _SIZES:
        if value < 999.5 or unit == _SIZES[-1]:
            break
        value /= 1000
    if unit == "B":
        return f"{count} B"
    return f"{_point(value)} {unit}" if value < 99.95 else f"{value:.0f} {unit}"


def count(number: int | None) -> str:
    """Return a whole number with separators, ``—`` for None: ``1,284``."""
    return NO_VALUE if number is None else _grouped(number)


def short_count(number: int | None) -> str:
    """Return a number for narrow places: ``999``, ``2.1k``, ``48k``, ``1.2M``; ``—`` for None."""
    if number is None:
        return NO_VALUE
    if number < 1_000:
        return str(number)
    for unit, scale in (("k", 1_000), ("M", 1_000_000), ("G", 1_000_000_000)):
        value = number / scale
        if value < 9.95:
            return f"{value:.1f}{unit}".replace(".0", "").replace(".", Separators.decimal)
        if value < 999.5:
            return f"{value:.0f}{unit}"
    return f"{number / 1_000_000_000:.0f}G"


def percent(part: float, whole: float) -> str:
    """Return the share of *part* in *whole*: ``38 %``, ``<1 %`` for a little, ``—`` of nothing."""
    if whole <= 0:
        return NO_VALUE
    share = 100 * part / whole
    if 0 < share < 1:
        return "<1 %"
    if 99 < share < 100:
        return ">99 %"
    return f"{share:.0f} %"


def plural(number: int, one: str, many: str = "") -> str:
    """Return a counted noun: ``1 event``, ``1,284 events``; *many* is needed when it is not *one* and s."""
    return f"{_grouped(number)} {one if number == 1 else (many or one + 's')}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", Separators.group)


def _point(value: float) -> str:
    return f"{value:.1f}".replace(".", Separators.decimal)
