"""WebSub (W3C Recommendation, 2018): what hubs and we say to each other. Pure: nothing is sent or kept."""
