"""Arguments win over the environment, the environment over .env, .env over the defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import UsageError
from graph.settings import Settings, read_settings

NOWHERE = Path("no-such.env")


def settings(environ: dict[str, str], **arguments: str) -> Settings:
    return read_settings(environ=environ, dotenv_path=NOWHERE, **arguments)  # type: ignore[arg-type]


def test_without_any_setting_the_embedded_server_is_used() -> None:
    found = settings({})
    assert found.is_embedded
    assert found.home.name == "policygraph"


def test_an_argument_wins_over_the_environment() -> None:
    assert settings({"NEO4J_URI": "bolt://a:1"}, uri="bolt://b:1").uri == "bolt://b:1"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("NEO4J_URI=bolt://file:1\nNEO4J_USERNAME=reader\nNEO4J_PASSWORD=secret-word\n")
    found = read_settings(environ={"NEO4J_URI": "neo4j://environment:1"}, dotenv_path=file)
    assert (found.uri, found.username, found.password) == ("neo4j://environment:1", "reader", "secret-word")


def test_an_empty_value_is_none_at_all() -> None:
    # as in a copied .env.example: NEO4J_URI=
    assert settings({"NEO4J_URI": "", "NEO4J_DATABASE": ""}).is_embedded


def test_the_home_is_absolute_and_knows_the_tilde() -> None:
    assert settings({"POLICYGRAPH_HOME": "~/graph"}).home == Path.home() / "graph"
    assert settings({"POLICYGRAPH_HOME": "graph"}).home == Path.cwd() / "graph"


def test_the_password_is_not_shown() -> None:
    assert "secret-word" not in repr(settings({"NEO4J_PASSWORD": "secret-word"}))


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"NEO4J_URI": "localhost:7687"}, "NEO4J_URI 是 'localhost:7687':须以 bolt、"),
        (
            {"NEO4J_URI": "http://localhost:7474"},
            "NEO4J_URI 是 'http://localhost:7474'",
        ),  # the browser's address
        ({"POLICYGRAPH_IDLE_MINUTES": "soon"}, "POLICYGRAPH_IDLE_MINUTES 是 'soon'"),
        ({"POLICYGRAPH_IDLE_MINUTES": "0"}, "POLICYGRAPH_IDLE_MINUTES 是 '0'"),
        ({"POLICYGRAPH_SERVER_MEMORY": "lots"}, "POLICYGRAPH_SERVER_MEMORY 是 'lots'"),
        ({"POLICYGRAPH_SERVER_MEMORY": "64g"}, "至多 31g"),  # the engine would hang
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        settings(environ)
