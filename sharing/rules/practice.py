"""In which circumstances who decides is a rule of its own, in words. Pure."""

CIRCUMSTANCES = {
    "agency": "To an agency",
    "category_1_level_1": "To somebody else, about a person of category 1 at level 1",
    "other_level_1": "To somebody else, about a person of another category at level 1",
    "level_2_or_3": "To somebody else, about a person at level 2 or 3",
    "not_under_mappa": "To somebody else, about a person who is not under MAPPA",
    "media_or_public": "To the media or the public",
}
