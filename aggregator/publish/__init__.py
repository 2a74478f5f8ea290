"""Stories -> the files that readers fetch: chooses, composes, renders and writes."""
