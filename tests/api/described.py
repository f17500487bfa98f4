"""The application only to be read: its operations and its document, before anything starts."""

import json
from typing import Any

from api.app import create_litestar
from api.openapi import document, operations
from api.settings import Settings

APP = create_litestar(Settings(env="test", secret="only read here, signs nothing at all"))
HANDLERS = operations(APP)
# Rendered once for the whole process, which takes a second: nobody changes it.
GENERATED: bytes = document(APP)
DOCUMENT: dict[str, Any] = json.loads(GENERATED)
