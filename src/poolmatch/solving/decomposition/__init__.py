"""Problems that are split: into components that share no row, and into regions that share some."""
