"""Ports behind the gateway are kept from start to start, unless somebody else took one."""

import socket
from pathlib import Path

from shared.devkit.runner.ports import NAMES, choose_ports, is_free


def test_the_same_ports_are_chosen_again(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    first = choose_ports(file)
    assert choose_ports(file) == first
    assert len(set(first.values())) == len(NAMES)


def test_only_a_taken_port_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    first = choose_ports(file)
    with socket.socket() as other:
        other.bind(("127.0.0.1", first["valkey"]))
        other.listen()
        assert not is_free(first["valkey"])
        second = choose_ports(file)
    assert second.pop("valkey") != first.pop("valkey")
    assert second == first
