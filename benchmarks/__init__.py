"""Made-up pools, and how long poolmatch takes over them."""
