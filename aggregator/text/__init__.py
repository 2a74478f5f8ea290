"""Pure functions on strings: addresses, HTML, words, dates. Imports nothing else of ours."""
