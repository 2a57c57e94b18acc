"""What every form of the app starts from."""

from typing import Any

from django import forms

from ui.forms import WordedErrors


class PlainForm(WordedErrors, forms.Form):
    """A form whose labels end without a colon and whose errors say what to do."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, label_suffix="", **kwargs)
