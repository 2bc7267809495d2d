"""Generated corpora: invented claims in any number, the same every time, for measuring."""
