"""The overview of a committee: who needs it this week, and what goes wrong everywhere."""
