"""Job -> Harvest: all that a worker does, here or elsewhere. Knows neither store nor configuration."""
