"""Nhuận bút: rules by day, scores, month sheets, and what was locked against what is true now."""
