"""Dockerfile and compose.yaml name what is there: the folders of the wheel, the command's options, ports on this machine only."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
import yaml
from click.testing import CliRunner

from app.cli import cli
from tests.readme import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_the_image_holds_every_package_of_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert re.findall(r"^COPY (\w+) \1$", DOCKERFILE, re.MULTILINE) == sorted(packages)


def test_the_images_command_is_one_that_policygraph_knows() -> None:
    (line,) = re.findall(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)
    program, *arguments = json.loads(line)
    assert program == "policygraph"
    shown = CliRunner().invoke(cli, [arguments[0], "--help"]).output
    assert [option for option in arguments if option.startswith("--") and option not in shown] == []


@pytest.mark.parametrize("name", SERVICES)
def test_ports_are_published_on_this_machine_only(name: str) -> None:
    assert SERVICES[name]["ports"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name]["ports"])


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_has_a_password_of_its_own(name: str) -> None:
    secrets = [
        value for key, value in SERVICES[name]["environment"].items() if "AUTH" in key or "PASSWORD" in key
    ]
    assert secrets
    assert all("${NEO4J_PASSWORD:?" in value for value in secrets)
