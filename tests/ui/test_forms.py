"""Forms: the design system's markup, and error links that always lead somewhere."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from tests.ui.conftest import Page
from ui.fields import DateField, PartialDateField
from ui.forms import WordedErrors, lower_first, words_for_missing

CHOICES = [("a", "Apples"), ("b", "Bread")]


class EveryForm(WordedErrors, forms.Form):
    text = forms.CharField(label="Name", help_text="As on the file.", max_length=5)
    long = forms.CharField(label="What happened", widget=forms.Textarea)
    secret = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    one = forms.ChoiceField(label="PNC result", choices=[("", "Select one"), *CHOICES])
    radio = forms.ChoiceField(label="Outcome", choices=CHOICES, widget=forms.RadioSelect, help_text="Nothing is chosen for you.")
    grouped = forms.ChoiceField(label="Grouped outcome", choices=[("First", CHOICES)], widget=forms.RadioSelect)
    ticks = forms.MultipleChoiceField(label="Reasons", choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    nobody = forms.MultipleChoiceField(label="Officers", choices=[], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="I have checked this", help_text="Your name is kept.")
    file = forms.FileField(label="Photograph")
    plain_file = forms.FileField(label="List", widget=forms.FileInput)
    born = PartialDateField(label="Date of birth")
    seen = DateField(label="Date seen", help_text="For example, 27 3 2026.")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        raise ValidationError("Something about the whole form")


ItemSet = forms.formset_factory(EveryForm, extra=2, formset=forms.BaseFormSet)


def render_page(**context):
    return Page(render_to_string("ui/form_page.html", {"title": "Record it", **context}))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {
            "born_year": "1971",
            "born_day": "3",
            "seen_year": "26",
            "seen_month": "1",
            "seen_day": "1",
            "one": "zzz",
            "radio": "zzz",
            "text": "far too long",
        },
    ],
)
def test_every_error_link_leads_to_an_element(data):
    form = EveryForm(data, {})

    page = render_page(form=form)

    assert set(form.errors) >= {"radio", "grouped", "ticks", "nobody", "agreed", "file", "plain_file", "born", "seen", "version", "__all__"}
    assert len(page.hashes) == sum(len(field.errors) for field in form.visible_fields()) + 1  # and the skip link
    assert set(page.hashes) <= set(page.ids)
    assert "Something about the whole form" in page.text


@pytest.mark.parametrize("form", [EveryForm(), EveryForm({}, {})], ids=["empty", "errors"])
def test_every_label_and_description_leads_to_an_element_and_ids_are_unique(form):
    page = render_page(form=form)

    assert set(page.references) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_links_lead_to_the_box_that_is_wrong():
    form = EveryForm({"born_year": "1971", "born_day": "3", "seen_year": "26", "seen_month": "1", "seen_day": "1"})
    page = Page(str(form))

    assert [form[name].focus_id for name in ("born", "seen", "radio", "grouped", "ticks", "nobody", "text")] == [
        "id_born_month", "id_seen_year", "id_radio_0", "id_grouped_0_0", "id_ticks_0", "id_nobody", "id_text",
    ]  # fmt: skip
    wrong = [attrs["id"] for attrs in page.named("input", **{"aria-invalid": "true"}) if attrs["id"].startswith(("id_born", "id_seen"))]
    assert wrong == ["id_born_month", "id_seen_year"]


def test_formset_errors_are_linked_too():
    formset = ItemSet({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-text": "x", "form-1-text": "y"})

    page = Page(render_to_string("ui/_error_summary.html", {"formset": formset}) + str(formset))

    assert {"id_form-0-radio_0", "id_form-1-radio_0"} <= set(page.hashes)
    assert set(page.hashes) <= set(page.ids)


def test_inputs_carry_the_design_systems_classes_and_leave_errors_to_the_service():
    page = Page(str(EveryForm({}, {})))

    classes = {
        attrs["name"]: attrs["class"].split() for tag, attrs in page.tags if tag in {"input", "select", "textarea"} and "class" in attrs
    }
    assert classes["text"] == ["govuk-input", "govuk-input--error"]
    assert classes["long"] == ["govuk-textarea", "govuk-textarea--error"]
    assert classes["one"] == ["govuk-select", "govuk-select--error"]
    assert classes["file"] == classes["plain_file"] == ["govuk-file-upload", "govuk-file-upload--error"]
    assert classes["radio"] == ["govuk-radios__input"]
    assert classes["ticks"] == ["govuk-checkboxes__input"]
    assert classes["agreed"][0] == "govuk-checkboxes__input"
    assert "govuk-js-password-input-input" in classes["secret"]
    assert not [attrs for _tag, attrs in page.tags if "required" in attrs or "style" in attrs]
    assert page.named("input", type="hidden")[0].get("class") is None


def test_every_group_has_a_legend_and_every_single_input_a_label():
    page = Page(str(EveryForm()))

    labelled = set(page.references)
    single = [attrs["id"] for tag, attrs in page.tags if tag in {"input", "select", "textarea"} and attrs.get("type") != "hidden"]
    assert [id_ for id_ in single if id_ not in labelled] == []
    assert len(page.named("legend")) == 6


def test_what_was_typed_is_shown_again_and_nothing_of_it_is_markup():
    page = render_page(form=EveryForm({"text": "<b>x", "seen_day": '"><script>', "seen_month": "", "seen_year": ""}))

    assert {attrs.get("value") for attrs in page.named("input")} >= {"<b>x", '"><script>'}
    assert page.named("b") == []
    assert len([attrs for attrs in page.named("script") if "src" not in attrs]) == 0


def test_general_messages_are_replaced_by_what_to_do():
    errors = EveryForm({"text": "far too long"}, {}).errors

    assert errors["text"] == ["Name must be 5 characters or fewer"]
    assert errors["long"] == ["Enter what happened"]
    assert errors["one"] == ["Select PNC result"]
    assert words_for_missing(forms.RadioSelect(), "Is anybody in danger?") == "Answer the question “Is anybody in danger?”"
    assert errors["seen"] == ["Enter date seen"]
    assert errors["agreed"] == ["Tick the box “I have checked this” to go on"]
    assert errors["file"] == ["Select photograph"]


def test_messages_of_fields_that_a_form_adds_or_words_anew_say_what_to_do():
    class Grown(WordedErrors, forms.Form):
        why = forms.CharField(label="Reason")

        def __init__(self, *args):
            super().__init__(*args)
            self["why"].label = "Why, as they put it"
            self.fields |= {"how": forms.CharField(label="Telephone call: how", max_length=5), "mail": forms.EmailField(label="E-mail")}

    errors = Grown({"how": "at noon", "mail": "nowhere"}).errors
    assert errors["why"] == ["Enter why, as they put it"]
    assert errors["how"] == ["Telephone call: how must be 5 characters or fewer"]
    assert errors["mail"] == ["E-mail must be an e-mail address, like name@example.org"]
    assert Grown({"how": "a\x00"}).errors["how"] == ["Telephone call: how holds a character that cannot be kept: type it again"]


def test_a_label_fits_inside_a_sentence():
    labels = ("A supervisor of the unit", "PNC number", "Reasons", "")
    assert [lower_first(label) for label in labels] == ["a supervisor of the unit", "PNC number", "reasons", ""]


def test_a_fields_own_message_stays():
    class Own(WordedErrors, forms.Form):
        why = forms.CharField(error_messages={"required": "Enter why the information should be shared"})

    assert Own({}).errors["why"] == ["Enter why the information should be shared"]


def test_title_says_error_and_upload_forms_are_multipart():
    page = render_page(form=EveryForm({}), caption="V-000417", cancel_url="/back/", button="Continue")

    assert "Error: Record it – Vigil" in page.text
    assert page.named("form")[0]["enctype"] == "multipart/form-data"
    assert page.named("form")[0]["novalidate"] is None
    assert "Continue" in page.text
    assert page.named("a", href="/back/")
