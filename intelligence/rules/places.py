"""Which country a word from the border means: its name, its code, an airport's code. Names and codes come from the libraries' lists."""

from __future__ import annotations

from functools import lru_cache

import airportsdata
import pycountry

AIRPORT = 3
OTHER_NAMES = {
    "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "usa": "US",
    "turkey": "TR", "russia": "RU", "south korea": "KR", "ivory coast": "CI", "uae": "AE", "holland": "NL", "the netherlands": "NL",
    "republic of ireland": "IE", "the gambia": "GM", "cape verde": "CV",
}  # fmt: skip


@lru_cache(maxsize=1)
def airports() -> dict[str, str]:
    """The country of each airport by its three letters."""
    return {code: row["country"] for code, row in airportsdata.load("IATA").items()}


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """The two letters of each country by each of its names and codes."""
    names = ("name", "common_name", "official_name", "alpha_2", "alpha_3")
    listed = ((getattr(country, name, ""), country.alpha_2) for country in pycountry.countries for name in names)
    found = {words.casefold(): code for words, code in listed if words}
    return found | OTHER_NAMES


@lru_cache(maxsize=10_000)
def country_of(words: str) -> str:
    """Return the two letters of the country that the words mean: its name or code, an airport's code, or these among others with commas.

    Cities alone are not looked up: many names stand in several countries, and a guess must accuse nobody. Empty where nothing is
    known, or where the words mean more than one country.
    """
    parts = [part.strip() for part in words.replace("(", ",").replace(")", ",").split(",")]
    found = {country for part in parts if (country := country_of_part(part))}
    return found.pop() if len(found) == 1 else ""


def country_of_part(part: str) -> str:
    """Return the country of one word or name."""
    is_airport = len(part) == AIRPORT and part.isupper() and part in airports()
    return countries().get(part.casefold(), "") or (airports()[part] if is_airport else "")


def name_of(country: str) -> str:
    """Return the name of a country by its two letters."""
    found = pycountry.countries.get(alpha_2=country)
    return str(getattr(found, "common_name", "") or found.name) if found else country
