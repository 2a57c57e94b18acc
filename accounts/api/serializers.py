"""What programs send is taken exactly: a field that is not known is a mistake of theirs, and is told."""
from __future__ import annotations

from typing import Any

from rest_framework import serializers


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields that it does not know."""

    def to_internal_value(self, data: Any) -> Any:
        """Name each unknown field; then check the known ones."""
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(self.fields))):
            raise serializers.ValidationError({str(name)[:100]: ["There is no such field."] for name in unknown[:20]})
        return super().to_internal_value(data)
