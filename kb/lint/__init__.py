"""Linting anyone's ClaimReview: each fault with its line, its remedy, and who says so."""
