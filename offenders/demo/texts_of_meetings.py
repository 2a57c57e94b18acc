"""Words of the synthetic meetings."""

from __future__ import annotations

from typing import Any

AGENCY_WORDS = {
    "northmere-probation": "Keeps his appointments. Stopped the group work in the spring and says that he does not need it.",
    "northmere-children": "No child of his own. Two families on his street have been visited and know whom to call.",
    "northmere-homes": "Tenancy in order. Neighbours complained twice about noise late at night.",
}
FIRST_TEXTS: dict[str, Any] = {
    "confidentiality_read": True,
    "background": "Released on licence after four years. Lives alone near a school; three earlier convictions follow one pattern.",
    "risk_assessment": "Very high risk to children aged 8 to 12 whom he meets through sport. Likely within weeks when out of work.",
    "risk_management_plan": "Monthly visits by two officers. Curfew with a tag. Housing looks for another flat.",
    "victim_issues": "The liaison officer speaks with the family each month. They ask not to be contacted by anybody else.",
    "disclosure": "do_not",
    "disclosure_reasons": "No one at the leisure centre depends on him yet; a warning by an officer is enough for now.",
    "human_rights": "His private life is touched no more than protecting children needs. Looked at again at each meeting.",
    "diversity": "Reads with difficulty: conditions are explained to him aloud.",
    "media_strategy": "Press office holds a line to take in case of questions about the tenancy.",
    "decided_category": 1,
    "decided_level": 2,
    "level_reasons": "Three agencies must act together and report to each other.",
}
SECOND_TEXTS: dict[str, Any] = FIRST_TEXTS | {
    "background": "Seen twice near the leisure centre. A neighbour reports that he repairs bicycles for children.",
    "risk_assessment": "Still very high. The bicycles are a new way to meet children; a new telephone every few weeks.",
    "disclosure": "disclose",
    "disclosure_to": "The manager of the leisure centre: that he must not be there, and whom to call.",
    "disclosure_how": "By the offender manager in person, with a note of what the manager may and may not pass on.",
    "disclosure_reasons": "Children are there each afternoon and only the manager can act at once.",
    "level_reasons": "The risk has not gone down and the plan needs every agency.",
}
WAITING_TEXTS: dict[str, Any] = FIRST_TEXTS | {
    "background": "Moved in with a partner in the summer and did not say so.",
    "risk_assessment": "High to the partner's children while both parents work late.",
    "risk_management_plan": "Children's services visit weekly; officers visit unannounced.",
    "victim_issues": "Not applicable: no earlier victim lives in the area or has asked to be told.",
    "media_strategy": "Not needed: nobody outside the agencies knows of the case.",
}
