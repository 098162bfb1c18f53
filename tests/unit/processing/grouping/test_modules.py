"""Generated Java class names."""

import pytest

from vedette.processing.grouping.modules import clean_java_module, clean_javassist


@pytest.mark.parametrize(
    ("module", "cleaned"),
    [
        ("com.acme.Shop", "com.acme.Shop"),
        ("com.acme.Shop$Inner", "com.acme.Shop$Inner"),
        ("sun.reflect.GeneratedMethodAccessor12", "sun.reflect.GeneratedMethodAccessor"),
        ("jdk.internal.reflect.GeneratedMethodAccessor3", "jdk.internal.reflect.GeneratedMethodAccessor"),
        ("sun.reflect.GeneratedConstructorAccessor9", "sun.reflect.GeneratedConstructorAccessor<auto>"),
        (
            "sun.reflect.GeneratedSerializationConstructorAccessor1",
            "sun.reflect.GeneratedSerializationConstructorAccessor<auto>",
        ),
        ("a.B$$EnhancerByCGLIB$$62d1a1b0", "a.B$$EnhancerByCGLIB$$<auto>"),
        ("a.B$$EnhancerByCGLIB$$62d1a1b0_12", "a.B$$EnhancerByCGLIB$$<auto>"),
        ("a.B_$$_javassist_seam_3", "a.B_$$_javassist<auto>"),
        ("my.ns$fn__1234", "my.ns$fn__<auto>"),
        ("a.B$$EnhancerBySpring$$1ebaf1", "a.B$$EnhancerBySpring$$<auto>"),
        ("a.B$FastClassByGuice$7a1b", "a.B$FastClassByGuice$<auto>"),
        ("a.B$HibernateProxy$oRWxjAWT", "a.B$HibernateProxy$<auto>"),
    ],
)
def test_the_generated_tail_of_a_class_is_replaced(module: str, cleaned: str) -> None:
    assert clean_java_module(module) == cleaned


def test_a_name_longer_than_a_class_file_allows_is_left_alone() -> None:
    module = "a$$EnhancerBy" * 1000
    assert clean_java_module(module) == module


def test_javassist_marks_file_names_too() -> None:
    assert clean_javassist("bar_$$_javassist_74.java") == "bar_$$_javassist<auto>.java"
