"""How many planted leaks the check finds, and how many clean texts it holds up: measured on invented texts, with a fixed seed."""

import random

from hypothesis import given
from hypothesis import strategies as st

from offenders.demo.names import words
from offenders.demo.staff import SURNAMES
from offenders.rules.leaks import marks_to_compare, marks_to_keep

GIVEN = words("Imelda Rosheen Tobias Perpetua Anselm Briony Caspian Delphine Euan Fenella Gideon Hollis Isolde Jolyon Kerensa")
FAMILY = words("Lanyon Trevarrow Quillfeather Osgood Pemberley Stillwater Thornquist Underwood Vantreight Wexcombe Yelverton")
PLACES = words("Millbrook Harrowgate Saltmarsh Fennimore Oakhanger Brindlewood Castlemere Dunsford")
SCHOOLS = ("St Oswin's Primary", "Larkfield Academy", "Copperdale Juniors")
OPEN = [
    "Arthur Sample Archer Northport MOSOVO Northmere Police Okafor",
    "Approaches at leisure centres, offers sports coaching, moves to private messages within days.",
    "Not to enter Northport Leisure Centre. Curfew 9pm to 7am, tag.",
    "12 Harbour Street, Northport, NP1 2AB. Telephone 01632 960417.",
]
CLEAN = (
    "Visited at home at {hour}pm. {manager} and a colleague. He was calm and offered tea. The tablet was checked and nothing was found.",
    "Arthur telephoned from 01632 960417 to say that he had started work at the {work} on Monday. His employer knows of the order.",
    "Probation rang: he missed his appointment on the {day}th and has been warned. Next one is on Thursday at {hour}pm.",
    "Seen outside Northport Leisure Centre at {hour}pm by PC {manager}. He left when spoken to. Recall was considered and not asked for.",
    "He says that he no longer sees his brother and spends most evenings alone at 12 Harbour Street. Drinks less than in the spring.",
    "Notified a new vehicle and a new bank card. Both were seen. Annual notification is due in {day} weeks.",
    "Supervision by {manager} of Southmoor. Risk remains very high to children. Visits every {day} weeks until the next assessment.",
    "Talked about the offence of 2019 and the child. He says that he thinks of the family often, and knows that he must not ask for them.",
    "He asked whether the mother still lives in the town and at which school the child is now. He was told that this is not for him.",
    "Neighbour at number {day} says that he keeps a spare key under a flowerpot and leaves the door open when he goes out at {hour}pm.",
    "Letter from the housing officer: rent is paid, neighbours have not complained, the boiler at the flat will be replaced this week.",
)
PLANTED = (
    lambda who, rng: f"He asked about {who['given']} {who['family']} again and wants to write to her.",
    lambda who, rng: f"A neighbour saw him near {who['given'].upper()} last night, who went inside at once.",
    lambda who, rng: f"he mentioned {who['given'].lower()} {who['family'].lower()} twice during the visit.",
    lambda who, rng: f"Found a note with the number {who['phone'].replace(' ', '')} in his kitchen.",
    lambda who, rng: f"His call list shows +44 {who['phone'][1:]} at four in the morning.",
    lambda who, rng: f"The satnav of his car had {who['postcode'].replace(' ', '').lower()} as its last goal.",
    lambda who, rng: f"Was stopped outside {who['address'].lower()} and could not say why.",
    lambda who, rng: f"He drove past {who['place']} twice this week although it is out of his way.",
    lambda who, rng: f"Told his brother that {who['phrase']}, and laughed.",
    lambda who, rng: f"Someone with the name {who['family']} rang the office and asked for him.",
)


def case(rng):
    """Invent a protected person, and what a section says of them."""
    who = {
        "given": rng.choice(GIVEN), "family": rng.choice(FAMILY), "place": rng.choice(PLACES),
        "phone": f"07700 900{rng.randrange(1000):03}", "postcode": f"NM{rng.randrange(1, 9)} {rng.randrange(1, 9)}QX",
        "address": f"{rng.randrange(1, 99)} {rng.choice(PLACES)} Close", "school": rng.choice(SCHOOLS),
        "phrase": f"she hides her spare key under the {rng.choice(['cracked flowerpot', 'garden gnome', 'blue recycling crate'])}",
    }  # fmt: skip
    text = (
        f"The child of the 2019 offence, {who['given']} {who['family']}, moved to {who['place']} and lives at {who['address']}, "
        f"{who['postcode']}. Her mother can be reached on {who['phone']}. She attends {who['school']}. "
        f"A neighbour says that {who['phrase']}. The family asks that nobody at the new school be told."
    )
    return who, text


def measure(seed):
    """Return how many of 200 planted leaks were found, and how many of 200 clean texts were held up."""
    rng = random.Random(seed)
    found = held = 0
    for number in range(200):
        who, section = case(rng)
        kept = marks_to_keep(section, OPEN)
        found += bool(kept & marks_to_compare(PLANTED[number % len(PLANTED)](who, rng)))
        clean = rng.choice(CLEAN).format(hour=rng.randrange(1, 9), day=rng.randrange(4, 20), manager=rng.choice(SURNAMES), work="bakery")
        held += bool(kept & marks_to_compare(clean))
    return found, held


def test_nearly_all_planted_leaks_are_found_and_few_clean_texts_held_up():
    found, held = measure(20261124)
    assert (found, held) == (200, 0)  # docs/security.md states these numbers


def test_what_the_open_record_says_already_is_no_leak():
    kept = marks_to_keep("Arthur Sample was seen at Northport Leisure Centre; his number is 01632 960417.", OPEN)
    assert not {mark for mark in kept if not mark.startswith("run ")}


def test_a_name_that_is_a_common_word_counts_together_with_its_other_half_only():
    kept = marks_to_keep("The witness is Grace Hill.", [])
    assert not kept & marks_to_compare("They met on the hill, by the grace of the weather.")
    assert kept & marks_to_compare("grace hill was there")


@given(st.text(max_size=300))
def test_any_text_repeats_itself(text):
    assert marks_to_keep(text, []) <= marks_to_compare(text)


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_is_kept_that_the_open_record_says(text, known):
    assert not marks_to_keep(text, [known]) & marks_to_compare(known)
