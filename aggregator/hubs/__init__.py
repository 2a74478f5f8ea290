"""What passes between hubs and us (WebSub): the acts; what is said, word by word, is in `websub`."""
