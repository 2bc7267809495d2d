"""`python -m app.cli`, for where the console script is not installed."""

from app.cli import main

main()
