"""WebSub (W3C Recommendation, 2018): we subscribe to hubs of our sources, and ping hubs of our own feeds."""
