"""Stories -> the files that readers fetch: chosen, composed, rendered and written."""
