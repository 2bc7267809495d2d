"""What each role may do, in plain words, for whoever has it or gives it."""

from collections.abc import Mapping

ROLE_WORDS: Mapping[str, str] = {
    "contributor": "Brings in texts and drafts claims. Somebody else weighs and publishes them.",
    "editor": "Drafts, weighs the evidence, and hands over to a second reader.",
    "reviewer": "Reads what others have drafted, comments, and approves it or hands it back. Never their own work.",
    "publisher": "Publishes, corrects, withdraws and restores: what readers see changes by this role alone.",
    "admin": "Lets people in, gives roles and takes them away.",
}
