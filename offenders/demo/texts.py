"""Believable sentences for cards: what to do, how a person offends, what they must not do."""
from offenders.choices import AtRisk, ConditionKind, MarkKind, RiskLevel, WarningKind

WHAT_TO_DO: dict[int, tuple[str, ...]] = {
    RiskLevel.LOW: (
        "Check the address given against the record.",
        "Ask who else is in the house and note it.",
        "Note the vehicle used and who is with them.",
        "Record what you saw before you finish duty.",
    ),
    RiskLevel.MEDIUM: (
        "Ask who else is present and confirm every name.",
        "Check for phones and tablets in sight and note makes.",
        "Check that no child lives or stays at the address.",
        "Note the vehicle, passengers and direction of travel.",
        "Tell the offender manager today.",
        "Record what you saw before you finish duty.",
    ),
    RiskLevel.HIGH: (
        "Double-crew.",
        "Separate from anybody under 18 before you speak.",
        "Seize devices only under a power: ask the duty sergeant.",
        "Search for weapons where you have a power to.",
        "Tell the offender manager before you leave the scene.",
        "Record what you saw before you finish duty.",
    ),
    RiskLevel.VERY_HIGH: (
        "Double-crew. Do not leave alone with any child.",
        "If a child is present: safeguard first, then call the on-call DI.",
        "Treat contact with the people at risk as a breach: ask the duty sergeant about arrest.",
        "Keep sight of hands and phones.",
        "Tell the on-call DI from the scene.",
        "Record what you saw before you finish duty.",
    ),
}

HOW_THEY_OFFEND = (
    "Makes contact through sports clubs and offers lifts home.",
    "Poses as a teenager in online games and moves to private messages within days.",
    "Befriends single parents to reach their children.",
    "Offers odd jobs and small gifts, then asks for secrecy.",
    "Follows lone women from late buses.",
    "Exposes himself in parks on weekday mornings.",
    "Downloads and trades indecent images; hides devices with relatives.",
    "Uses drink and drugs to lower resistance of people he knows.",
    "Controls partners through money and threats; violent when they leave.",
    "Seeks work as a driver or handyman under another name.",
    "Approaches adults with learning disabilities at day centres.",
    "Assaults strangers after drinking in the town centre.",
)
RISK_FACTORS = (
    "Drinks heavily when out of work.",
    "Isolated; new relationships are not disclosed.",
    "Denies the offence.",
    "Contacts other offenders online.",
    "Changes phones often.",
    "Moves between relatives' addresses.",
    "Fixed sleeping pattern broken before each offence.",
    "Stopped treatment last year.",
    "Debts to people he met in prison.",
)
AT_RISK_WORDS: dict[str, tuple[str, ...]] = {
    AtRisk.CHILDREN: ("Girls aged 8 to 14.", "Boys aged 10 to 15.", "Children under 12 in families he befriends."),
    AtRisk.PUBLIC: ("Lone women after dark.", "Strangers in and near licensed premises."),
    AtRisk.KNOWN_ADULT: ("A former partner: ask the offender manager.", "A witness in his trial: ask the offender manager."),
    AtRisk.ADULTS_AT_RISK: ("Adults with learning disabilities.", "Older people who live alone."),
    AtRisk.PARTNERS: ("Present and future intimate partners.", "New partners with children."),
    AtRisk.STAFF: ("Officers and probation staff who visit.", "Hostel staff."),
    AtRisk.PRISONERS: ("Younger prisoners.",),
}
CONDITIONS: dict[str, tuple[str, ...]] = {
    ConditionKind.LICENCE: (
        "No unsupervised contact, under 18",
        "Curfew 9pm to 7am, tag",
        "Live as directed at an approved address",
        "No contact with the victim or the victim's family",
        "Not to enter the zone marked on the map of the licence",
        "Tell the supervising officer of any new relationship",
    ),
    ConditionKind.SHPO: (
        "No device that can reach the internet unless police can inspect it",
        "Not to delete the history of any browser or message service",
        "No contact with anybody under 16 except where it can't be avoided",
        "Not to live or stay where a child lives",
        "Not to enter a swimming pool, leisure centre or playground",
    ),
    ConditionKind.VOO: ("Not to carry any bladed article in public", "Not to enter licensed premises in the town centre"),
    ConditionKind.FOREIGN_TRAVEL: ("Not to travel outside the United Kingdom",),
    ConditionKind.SRO: ("Tell police of any sexual relationship 24 hours before it begins",),
}
WARNING_NOTES: dict[str, str] = {
    WarningKind.VIOLENT: "Assaulted an officer on arrest",
    WarningKind.WEAPONS: "Carried a knife",
    WarningKind.LONE_OFFICERS: "",
    WarningKind.SELF_HARM: "Attempted in custody",
    WarningKind.DOG: "Large dog at the address",
    WarningKind.CONCEALS: "Hides memory cards in clothing",
    WarningKind.ESCAPER: "",
}
MARKS: tuple[tuple[str, str, str], ...] = (
    (MarkKind.TATTOO, "left forearm", "anchor"),
    (MarkKind.TATTOO, "neck", "swallow"),
    (MarkKind.TATTOO, "right hand", "letters across the knuckles"),
    (MarkKind.SCAR, "left cheek", "3cm, straight"),
    (MarkKind.SCAR, "abdomen", "operation"),
    (MarkKind.BIRTHMARK, "right shoulder", "size of a coin"),
    (MarkKind.PIERCING, "left ear", "two rings"),
    (MarkKind.TATTOO, "upper back", "wings"),
    (MarkKind.OTHER, "right hand", "top of the index finger missing"),
)
ETHNICITIES: dict[str, str] = {
    "english": "White",
    "welsh": "White",
    "scottish": "White",
    "irish": "White",
    "polish": "White",
    "romanian": "White",
    "russian": "White",
    "turkish": "White, Turkish",
    "south_asian": "Asian",
    "arabic": "Arab",
    "chinese": "Chinese",
    "west_african": "Black",
}
BUILDS = ("Slim", "Medium", "Heavy", "Stocky", "Athletic")
HAIR = ("Brown, short", "Black, short", "Grey, receding", "Bald", "Fair, collar length", "Ginger, short", "Shaved")
EYES = ("Brown", "Blue", "Green", "Hazel", "Grey")
