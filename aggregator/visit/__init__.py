"""Job -> Harvest: everything that a worker does, here or elsewhere. Knows neither store nor configuration."""
