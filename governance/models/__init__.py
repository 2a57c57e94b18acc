"""Tables of governance, by subject."""

from governance.models.figures import ClosedYear, Fact
from governance.models.further import FurtherCharge

__all__ = ["ClosedYear", "Fact", "FurtherCharge"]
