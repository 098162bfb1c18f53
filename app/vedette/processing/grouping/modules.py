"""Java class names without the part a library made up while the program ran."""

import re

_ACCESSORS = ("sun.reflect.GeneratedMethodAccessor", "jdk.internal.reflect.GeneratedMethodAccessor")
_JAVASSIST = re.compile(r"(\$\$_javassist)(?:_seam)?(?:_[0-9]+)?")

# In this order: a later pattern sees what an earlier one left.
_GENERATED = (
    re.compile(r"(sun\.reflect\.Generated(?:Serialization)?ConstructorAccessor)\d+"),
    re.compile(r"(\$\$\w+?CGLIB\$\$)[a-fA-F0-9]+(?:_[0-9]+)?"),
    _JAVASSIST,
    re.compile(r"(\$fn__)\d+"),
    re.compile(r"(\$\$?EnhancerBy\w+?\$?\$)[a-fA-F0-9]+(?:_[0-9]+)?"),
    re.compile(r"(\$\$?FastClassBy\w+?\$?\$)[a-fA-F0-9]+(?:_[0-9]+)?"),
    re.compile(r"(\$\$?HibernateProxy\$?\$)\w+(?:_[0-9]+)?"),
)
_LONGEST = 1024  # the patterns above may look at a character of a name often


def clean_java_module(module: str) -> str:
    """Return the class name *module* with ``<auto>`` for each generated tail."""
    for prefix in _ACCESSORS:
        if module.startswith(prefix):
            return prefix
    if ("$" not in module and "sun.reflect" not in module) or len(module) > _LONGEST:
        return module
    for pattern in _GENERATED:
        module = pattern.sub(r"\1<auto>", module)
    return module


def clean_javassist(filename: str) -> str:
    """Return the file name *filename* with ``<auto>`` for javassist's generated tail."""
    return _JAVASSIST.sub(r"\1<auto>", filename)
