"""Finding organizations, members, indicators and meetings by what somebody types."""
