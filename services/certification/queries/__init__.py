"""Reading: `find_` answers None where there is nothing, `get_` raises NotFound, `list_` is ordered, `lock_` locks."""
