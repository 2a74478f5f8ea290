"""Pure functions on strings: addresses, HTML, words, dates. Imports no other package of the program."""
