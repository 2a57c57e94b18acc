"""What the change log keeps of a value that it must not hold."""


def hide_value(value: str) -> str:
    """Record that a confidential value changed without keeping any part of it."""
    return "[hidden]"
