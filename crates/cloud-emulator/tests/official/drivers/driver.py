"""What the drivers of the Python SDKs share: a call a line in, what came of it a line out."""

import json
import logging
import sys

# What went wrong is said by the outcome.
logging.disable()


def run(call):
    """Carries out each call that stands on standard input with `call`, which returns the answer or raises the SDK's own error."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            outcome = {"ok": call(request)}
        except Exception as error:  # each SDK has its own
            outcome = {"error": describe(error)}
        print(json.dumps(outcome, default=str), flush=True)


def describe(error):
    """The provider's code and message, wherever this SDK keeps them."""
    code = getattr(error, "code", None)
    code = code() if callable(code) else code
    return {"type": type(error).__name__, "code": "" if code is None else str(code), "message": str(error)}
