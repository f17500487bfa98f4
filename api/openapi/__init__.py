"""The contract: `openapi_config()` for create_app, `document(app)` for the bytes everybody gets."""

from api.openapi.config import document, openapi_config, operations
from api.openapi.farewell import refuse_dead_ends

__all__ = ("document", "openapi_config", "operations", "refuse_dead_ends")
