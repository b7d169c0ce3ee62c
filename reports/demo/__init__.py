"""The demo: content, pictures and logins that show a newcomer every feature; never in production."""
