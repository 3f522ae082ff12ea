"""The world: people, organisations, meetings, time and place, as frozen rows with string ids and aware instants."""
