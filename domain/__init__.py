"""The rules of customer journey maps: the standard library and SQLAlchemy, never HTTP."""
