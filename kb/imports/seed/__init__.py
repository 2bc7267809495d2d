"""The corpus' layout: three files that take an article apart, with the article beside them where it may be held."""
