"""What each table of governance is to the person that a record is about."""

from audit.personal import Declared, NotTheirs

PERSONAL_DATA: Declared = {
    "JobRun": NotTheirs("when jobs of the system ran last"),
}
