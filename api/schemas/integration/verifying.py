"""How a receiver verifies what it is sent, in words and in ten lines."""

VERIFYING = """\
The signed content is `webhook-id`, `webhook-timestamp` and the body, joined with full stops; the
key is what follows `whsec_` in the secret, decoded from Base64. Libraries named `standardwebhooks`
do this in many languages. By hand, in Python:

```python
import base64, hashlib, hmac, time

def verify(secret: str, headers: dict[str, str], body: bytes) -> bool:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    at = headers["webhook-timestamp"]
    content = f"{headers['webhook-id']}.{at}.".encode() + body
    good = "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
    given = headers["webhook-signature"].split(" ")
    return abs(time.time() - int(at)) < 300 and any(hmac.compare_digest(good, s) for s in given)
```
"""
