"""What more workers would add: a search that is recorded and played again with other numbers of them."""
