"""Branding that only GOV.UK may use does not reach a page, and a missing build is said plainly."""

import json

import pytest
from django.core.management import CommandError

from ui import frontend
from ui.checks import check_frontend_built
from ui.management.commands import build_frontend
from ui.storage import StaticStorage

BRANDED = (
    '/*! Copyright (c) 2011 by Margaret Calvert & Henrik Kubel. All rights reserved. */@font-face{font-family:"GDS Transport";'
    'src:url(/assets/fonts/light.woff2) format("woff2")}.a{font-family:"GDS Transport",arial,sans-serif}'
    ".b{font-family:GDS Transport,arial,sans-serif}"
    '.c{background:url(/assets/images/govuk-crest.svg)}.d{background:url("/assets/images/icon-tick.svg")}/*# sourceMappingURL=a.css.map */'
)


def test_unbrand_removes_font_and_crest_and_keeps_the_rest():
    cleaned = frontend.drop_source_map(frontend.unbrand(BRANDED))

    assert frontend.remaining_branding(BRANDED) == ["GDS Transport", "govuk-crest", "@font-face"]
    assert frontend.remaining_branding(cleaned) == []
    font = "font-family:" + frontend.FONT_STACK
    assert cleaned == f'.a{{{font}}}.b{{{font}}}.c{{background:none}}.d{{background:url("../images/icon-tick.svg")}}'


@pytest.mark.parametrize("text", ["let a;//# sourceMappingURL=a.js.map", "let a;/*# sourceMappingURL=a.css.map */"])
def test_source_map_pointer_is_dropped(text):
    assert frontend.drop_source_map(text) == "let a;"


def make_packages(folder, css):
    for package, files in frontend.FILES.items():
        root = folder / "frontend" / "node_modules" / package
        for pattern, _target in files:
            path = root / pattern.replace("*", "tick")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(css if path.suffix == ".css" else "let a;")
        (root / "package.json").write_text(json.dumps({"version": "1.2.3"}))


@pytest.fixture
def checkout(tmp_path, settings, monkeypatch):
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(build_frontend, "run_npm", lambda *_: None)
    return tmp_path


def test_build_copies_clean_files_and_writes_versions_last(checkout):
    make_packages(checkout, BRANDED)
    before = check_frontend_built()

    build_frontend.Command().execute(no_color=True, force_color=False, skip_checks=True)

    vendor = checkout / "build/static/vendor"
    assert [error.id for error in before] == ["ui.E001"]
    assert check_frontend_built() == []
    assert {str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file()} == {
        "VERSIONS.json", "css/govuk-frontend.css", "css/moj-frontend.css",
        "js/govuk-frontend.js", "js/moj-frontend.js", "images/icon-tick.svg",
    }  # fmt: skip
    assert json.loads((vendor / "VERSIONS.json").read_text()) == {"govuk-frontend": "1.2.3", "@ministryofjustice/frontend": "1.2.3"}


@pytest.mark.parametrize(
    ("css", "said"),
    [
        (".a{font-family:'GDS Transport Website'}", "still holds GDS Transport"),
        (".a{background:url(/assets/images/none.svg)}", "points at ../images/none.svg"),
    ],
)
def test_build_stops_at_branding_it_does_not_know_and_at_missing_images(checkout, css, said):
    make_packages(checkout, css)

    with pytest.raises(CommandError, match=said):
        build_frontend.Command().execute(no_color=True, force_color=False, skip_checks=True)

    assert [error.id for error in check_frontend_built()] == ["ui.E001"]


def test_lock_file_names_versions_and_hashes_and_no_address(settings):
    lock = json.loads((settings.BASE_DIR / "frontend/package-lock.json").read_text())
    packages = {name: values for name, values in lock["packages"].items() if name}

    assert all(values["integrity"].startswith("sha512-") for values in packages.values())
    assert not [name for name, values in packages.items() if "resolved" in values]


def test_our_own_modules_import_each_other_by_hashed_name_and_other_scripts_stay(tmp_path, settings):
    settings.DEBUG = False
    files = {
        "app/a.js": 'import { b } from "./b.js";',
        "app/b.js": "export const b = 1;",
        "other/c.js": '// like import { x } from "./gone.js";',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    storage = StaticStorage(location=tmp_path, base_url="/static/")

    problems = [
        done for _name, _hashed, done in storage.post_process({name: (storage, name) for name in files}) if isinstance(done, Exception)
    ]

    assert problems == []
    hashed = storage.stored_name("app/b.js").removeprefix("app/")
    assert (tmp_path / storage.stored_name("app/a.js")).read_text() == f'import {{ b }} from "./{hashed}";'
    assert hashed != "b.js"
    assert (tmp_path / storage.stored_name("other/c.js")).read_text() == files["other/c.js"]
