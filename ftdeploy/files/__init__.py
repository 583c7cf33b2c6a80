"""Stack, model and fleet files: schema, load, edit in place."""
