"""Where `anju serve` listens and what it calls itself, with and without phones of the network."""

from __future__ import annotations

import pytest

from anju.cli import serve, setup
from anju.cli.tongue import here
from anju.help.probe import Trial, Tried

HERE, NETWORK = "http://127.0.0.1:8123", "http://192.168.1.20:8123"


@pytest.fixture(autouse=True)
def network(monkeypatch):
    monkeypatch.setenv("ANJU_BASE_ADDRESS", HERE)
    monkeypatch.setattr(serve, "numbers", lambda: ("192.168.1.20",))
    monkeypatch.setattr(setup, "numbers", lambda: ("192.168.1.20",))


def test_without_phones_it_stays_on_this_machine():
    assert serve._address(HERE, lan=False) == HERE
    assert serve._bind(HERE, lan=False) == "127.0.0.1:8123"


def test_with_phones_it_takes_the_address_of_the_network_and_tells_its_processes(monkeypatch):
    assert serve._address(HERE, lan=True) == NETWORK
    assert serve.os.environ["ANJU_BASE_ADDRESS"] == NETWORK
    assert serve._bind(NETWORK, lan=True) == "0.0.0.0:8123"


def test_an_address_of_the_network_is_listened_to_without_being_asked():
    assert serve._bind(NETWORK, lan=False) == "0.0.0.0:8123"


@pytest.mark.parametrize("address", ["https://anju.example.com", "https://192.168.1.20"])
def test_behind_a_web_server_only_that_one_reaches_it(address):
    assert serve._address(address, lan=True) == address
    assert serve._bind(address, lan=False) == "127.0.0.1:8000"


def test_without_a_network_it_says_so(monkeypatch, capsys):
    monkeypatch.setattr(serve, "numbers", lambda: ())

    with pytest.raises(SystemExit):
        serve._address(HERE, lan=True)
    assert here(serve.NO_NETWORK) in capsys.readouterr().err


@pytest.mark.parametrize("trial", list(Trial))
def test_what_came_of_the_trial_is_said(trial, monkeypatch, capsys):
    monkeypatch.setattr(serve, "try_address", lambda address: Tried(address, trial))

    serve._tell_phones(NETWORK)

    assert capsys.readouterr().out == f"{here(serve.TRIED[trial])}\n"


def test_setup_tells_the_address_that_phones_could_open(monkeypatch):
    monkeypatch.setattr(setup.sys.stdin, "isatty", lambda: True, raising=False)

    assert "http://192.168.1.20:8000" in setup._phones_too("Address", None, "en")
    assert setup._phones_too("Address", HERE, "zh") == "Address"
