"""What schemathesis makes up, and which answers to it are good, whoever runs it."""

JUDGED = """\
[generation]
allow-x00 = false
max-examples = 12
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "304", "400", "401", "403", "404", "409", "412", "422", "428", "429"]
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 409, 412, 413, 414, 415, 422, 428, 429]
[checks.missing_required_header]
expected-statuses = [400, 401, 403, 404, 415, 428]
"""
