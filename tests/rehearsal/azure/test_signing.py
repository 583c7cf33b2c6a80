"""The signing key is made once, whoever needs it first."""

from __future__ import annotations

import asyncio
from pathlib import Path

from ftdeploy.rehearsal.azure.signing import SigningKey
from ftdeploy.rehearsal.azure.store import Store


def test_prepared_key_is_the_one_that_signs_and_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "state.sqlite")
    asyncio.run(SigningKey(store).prepare())

    token = SigningKey(store).sign({"sub": "a"})

    assert SigningKey(store).read(token) == {"sub": "a"}


def test_key_that_was_needed_before_it_was_prepared_stays(tmp_path: Path) -> None:
    key = SigningKey(Store(tmp_path / "state.sqlite"))

    async def ask_meanwhile() -> str:
        preparing = asyncio.create_task(key.prepare())
        await asyncio.sleep(0)
        token = key.sign({"sub": "a"})
        await preparing
        return token

    token = asyncio.run(ask_meanwhile())

    assert SigningKey(key._store).read(token) == {"sub": "a"}
