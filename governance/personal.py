"""What each table of governance is to the person that a record is about."""

from audit.personal import Declared

PERSONAL_DATA: Declared = {}
