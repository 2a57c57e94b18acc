"""Addresses, by subject. A nominal's reference is the only thing of it that may stand in an address."""
from django.urls import register_converter
from django.urls.converters import StringConverter


class ReferenceConverter(StringConverter):
    """V-000417 and nothing else, so that whatever is not a reference is simply not an address."""

    regex = r"V-[0-9]{6,15}"


register_converter(ReferenceConverter, "reference")
