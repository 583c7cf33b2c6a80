"""Programs in other languages find the pretend Azure's authority where their own libraries look for it."""

from __future__ import annotations

import json
import sys

from tests.journey.repository import Repository

LOOKED_AT = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
"""By OpenSSL, Go and Rust; by requests; by Node.js."""
PROGRAM = f"import json, os; print(json.dumps([os.environ[each] for each in {LOOKED_AT!r}]))"


def test_guest_trusts_the_pretend_azure_whatever_it_is_written_in(repository: Repository) -> None:
    repository.up("dev")

    files = json.loads(repository.rehearse("exec", "--", sys.executable, "-c", PROGRAM).stdout)

    assert files == [str(repository.path / ".rehearsal" / "azure" / "ca.pem")] * len(LOOKED_AT)


def test_other_shells_are_told_the_same(repository: Repository) -> None:
    repository.up("dev")

    server = repository.start("serve", "--json")
    told = json.loads(server.stdout.readline())
    server.terminate()
    server.communicate(timeout=10)

    assert {told["environment"][each] for each in LOOKED_AT} == {told["ca"]}
