"""The tour as one PDF, printed by the browser that walked it: a cover, and a page for each step."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from django.template import Context, Engine
from django.utils.timezone import localdate
from playwright.sync_api import Browser

if TYPE_CHECKING:
    from tests.tour.walking import Step

BOOK = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Vigil: a tour</title><style>
@page { size: A4; margin: 14mm }
body { color: #0b0c0c; font: 11pt/1.4 "Liberation Sans", Arial, sans-serif; font-variant-ligatures: none; margin: 0 }
section { break-before: page }
h1 { color: #14304f; font-size: 34pt; margin: 60mm 0 6mm }
h2 { color: #14304f; font-size: 18pt; margin: 1mm 0 2mm }
.where, .shows { color: #484949; font-size: 10pt; margin: 0 }
.who { font-weight: bold; margin: 2mm 0 0 }
img { border: 1px solid #b1b4b6; display: block; margin-top: 5mm; max-height: 190mm; max-width: 100% }
ol { columns: 2; font-size: 10pt; margin-top: 10mm } li { break-inside: avoid }
</style></head><body>
<h1>Vigil: a tour</h1>
<p>Walked in a real browser on {{ day|date:"j F Y" }}, through a demonstration in which every person, number and event is invented.</p>
<p>{{ steps|length }} steps. Each page says what happens, who does it, and which requirement of docs/guidance-map.md it shows.</p>
<ol>{% for step, picture in steps %}<li>{{ step.title }}</li>{% endfor %}</ol>
{% for step, picture in steps %}<section><p class="where">{{ forloop.counter }}. {{ step.journey }}</p><h2>{{ step.title }}</h2>
<p>{{ step.says }}</p><p class="who">{{ step.who }}</p><p class="shows">{{ step.requirement }}</p>
<img src="{{ picture }}" alt="{{ step.title }}: the page that {{ step.who }} sees"></section>{% endfor %}
</body></html>"""


def address_in(picture: Path) -> str:
    """Return a picture as an address that holds it."""
    return f"data:image/png;base64,{b64encode(picture.read_bytes()).decode()}"


def write_book(browser: Browser, steps: list[Step], path: Path) -> None:
    """Write the PDF."""
    pages = [(step, address_in(step.picture)) for step in steps]
    page = browser.new_page()
    page.set_content(Engine().from_string(BOOK).render(Context({"steps": pages, "day": localdate()})))
    page.pdf(path=path, prefer_css_page_size=True, tagged=True, outline=True)
    page.close()
