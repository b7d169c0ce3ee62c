"""The staff's side, `/tong-hop/`: a period's reports of any units, counted and ready to hand in."""
