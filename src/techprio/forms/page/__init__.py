"""The questionnaire as one HTML file that needs no network."""

from techprio.forms.page.questionnaire import page_form

__all__ = ["page_form"]
