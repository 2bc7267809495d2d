"""Taking a part off a claim: a second step that an editor has to confirm."""

from app.desk.forms.form import Form
from kb.desk.entry import BadEntry, Fault

DROP, SURE = "drop", "sure"


def check_sure(form: Form) -> None:
    """Raises BadEntry where the box beside the button is not ticked."""
    if not form.has(SURE, "yes"):
        raise BadEntry(
            (Fault(SURE, "it is not confirmed that it may go.", "Tick the box, and press the button again."),)
        )
