"""What hangs on a record, what of it cannot stand beside the rows of another, and what a merge of the two would change."""

from offenders.merging.planning import Choice, Plan, plan_merge
from offenders.merging.relations import Relation, relations
from offenders.merging.undoing import Added, plan_undo

__all__ = ["Added", "Choice", "Plan", "Relation", "plan_merge", "plan_undo", "relations"]
