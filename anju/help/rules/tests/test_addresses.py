"""Which addresses a telephone can open."""

from __future__ import annotations

import pytest

from anju.help.rules.addresses import Reach, on_network, reach_of, usable


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        ("http://127.0.0.1:8000", Reach.HERE),
        ("http://localhost:8000", Reach.HERE),
        ("http://anju.localhost", Reach.HERE),
        ("http://[::1]:8000", Reach.HERE),
        ("http://0.0.0.0:8000", Reach.HERE),
        ("http://192.168.1.20:8000", Reach.NETWORK),
        ("http://10.0.0.7", Reach.NETWORK),
        ("https://8.8.8.8", Reach.NAME),
        ("https://anju.example.com", Reach.NAME),
    ],
)
def test_an_address_is_judged_by_its_host(address, reach):
    assert reach_of(address) is reach


def test_only_numbers_that_others_find_are_kept_home_networks_first():
    found = ["127.0.1.1", "172.17.0.1", "::1", "fe80::1", "169.254.1.1", "192.168.1.20", "no", ""]

    assert usable(found) == ("192.168.1.20", "172.17.0.1")


def test_the_port_of_the_installation_is_kept():
    assert on_network("192.168.1.20", "http://127.0.0.1:8123") == "http://192.168.1.20:8123"
    assert on_network("192.168.1.20", "http://localhost") == "http://192.168.1.20:8000"
