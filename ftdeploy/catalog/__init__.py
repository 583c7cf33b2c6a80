"""Facts about Azure as dated, sourced data."""
