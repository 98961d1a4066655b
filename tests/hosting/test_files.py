"""What is shipped for hosting: no container runs here, so what can be wrong without one is looked for."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from streamlit import config
from streamlit.web import bootstrap

from sim.ui.hosting.settings import Limits
from tests.hosting.front import TEMPLATE
from tests.server import ROOT

CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")
COMPOSE: Any = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
PAGE = (ROOT / "OPERATIONS.md").read_text(encoding="utf-8")
PINNED = re.compile(r"[a-z]+:\d+\.\d+(\.\d+)?(-[a-z0-9.-]+)?")


def instructions(name: str) -> list[str]:
    whole = CONTAINER.replace("\\\n", " ")
    return re.findall(rf"^{name} (.*)$", whole, re.MULTILINE)


def test_no_replica_is_ever_given_up_and_no_page_shows_or_tells_what_it_should_not() -> None:
    replicas = re.findall(
        r"^\s*server \$\{REPLICA_\d\} *(.*);", TEMPLATE.read_text("utf-8"), re.MULTILINE
    )
    assert replicas == ["max_fails=0", "max_fails=0"]
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["browser"]["gatherUsageStats"] is False


def test_the_image_is_built_from_pinned_things() -> None:
    for base in instructions("FROM"):
        assert PINNED.fullmatch(base.split()[0]), base
    assert not instructions("ADD")
    assert "-c constraints.txt" in " ".join(instructions("RUN"))
    assert not re.search(r"https?://(?!127\.0\.0\.1)", CONTAINER)


def test_the_image_runs_as_nobody_in_particular_and_says_whether_it_lives() -> None:
    last_stage = CONTAINER[CONTAINER.rindex("\nFROM") :]
    assert re.search(r"^USER lab$", last_stage, re.MULTILINE)
    assert last_stage.index("USER lab") < last_stage.index("python -m sim.ui.server")
    assert "/_stcore/health" in instructions("HEALTHCHECK")[0]
    assert "python -m sim.ui.server" in instructions("RUN")


def test_the_image_asks_nobody_elsewhere_when_it_starts() -> None:
    set_in_image = dict(re.findall(r"(STREAMLIT_\w+)=(\S+)", " ".join(instructions("ENV"))))
    assert set_in_image == {"STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true"}
    options = {option.env_var for option in config._config_options_template.values()}
    assert set(set_in_image) <= options


def test_a_start_as_the_readme_has_it_asks_nobody_elsewhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("get_external_ip", "get_internal_ip"):
        monkeypatch.setattr(bootstrap.net_util, name, lambda: pytest.fail("asked for our address"))
    bootstrap._print_url(is_running_hello=False)
    assert "URL: http://localhost:" in capsys.readouterr().out


def test_what_is_copied_is_there_and_let_in() -> None:
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in let_in
    for copy in instructions("COPY"):
        if "--from" in copy:
            continue
        for source in copy.split()[:-1]:
            assert (ROOT / source).exists(), source
            inside = [line for line in let_in if line.startswith(f"!{source}")]
            assert inside, f"{source} is kept out by .dockerignore"


def test_only_the_front_is_open_and_everything_is_watched() -> None:
    services = COMPOSE["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["front"]
    assert services["front"]["ports"][0].startswith("${CLOSED_LOOP_LISTEN:-127.0.0.1:")
    built = {service["image"] for service in services.values() if "build" in service}
    for name, service in services.items():
        assert "healthcheck" in service, name
        assert service["image"] in built or PINNED.fullmatch(service["image"]), name
    assert services["front"]["depends_on"] == {
        replica: {"condition": "service_healthy"} for replica in ("replica-1", "replica-2")
    }
    for name in ("replica-1", "replica-2"):
        assert services[name]["depends_on"] == {"database": {"condition": "service_healthy"}}
        assert "/ready" in " ".join(services[name]["healthcheck"]["test"])


def test_the_replicas_are_one_image_that_is_built_once() -> None:
    replicas = [COMPOSE["services"][name] for name in ("replica-1", "replica-2")]
    assert ["build" in each for each in replicas] == [True, False]
    assert replicas[0]["image"] == replicas[1]["image"]


def test_nothing_grows_without_an_end_beside_the_database() -> None:
    kept = [place for line in instructions("VOLUME") for place in line.split()]
    for name, service in COMPOSE["services"].items():
        assert set(service["logging"]["options"]) == {"max-size", "max-file"}, name
        if name.startswith("replica"):
            assert service["tmpfs"] == kept


def test_a_database_that_is_still_being_set_up_does_not_count_as_well() -> None:
    # While it is set up, a server answers on its socket that is gone a moment later.
    asked = COMPOSE["services"]["database"]["healthcheck"]["test"]
    assert asked[asked.index("-h") + 1] == "127.0.0.1"


def test_secrets_come_from_outside_and_must() -> None:
    environment = COMPOSE["services"]["replica-1"]["environment"]
    assert re.search(r":\$\{\w+PASSWORD:\?", environment["CLOSED_LOOP_DATABASE"])
    assert environment["STREAMLIT_SERVER_COOKIE_SECRET"].startswith("${CLOSED_LOOP_COOKIE_SECRET:?")
    assert COMPOSE["services"]["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${")


def test_the_front_knows_the_replicas_and_every_name_of_its_template() -> None:
    services = COMPOSE["services"]
    given = services["front"]["environment"]
    wanted = set(re.findall(r"\$\{([A-Z_0-9]+)\}", TEMPLATE.read_text(encoding="utf-8")))
    assert wanted == set(given)
    for number in (1, 2):
        address = services[f"replica-{number}"]["networks"]["inside"]["ipv4_address"]
        assert given[f"REPLICA_{number}"] == f"{address}:8501"
        known = services[f"replica-{number}"]["environment"]["STREAMLIT_SERVER_ALLOWED_HOSTS"]
        assert address in known.split(), "it is watched by its address"
        assert f"`{address}:8501`" in PAGE
    front = services["front"]["networks"]["inside"]["ipv4_address"]
    assert services["replica-1"]["environment"]["FORWARDED_ALLOW_IPS"] == front
    source = services["front"]["volumes"][0].split(":")[0]
    assert (ROOT / source).samefile(TEMPLATE)


@pytest.mark.parametrize("path", ["compose.yaml", "sim/ui/hosting/settings.py"])
def test_every_setting_is_in_the_operations_page(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    names = set(re.findall(r"CLOSED_LOOP_[A-Z_]+[A-Z]", text))
    names |= {f"CLOSED_LOOP_{field.upper()}" for field in Limits.__dataclass_fields__}
    missing = sorted(name for name in names if f"`{name}`" not in PAGE)
    assert not missing


def test_pasted_commands_do_not_swallow_one_another() -> None:
    # What runs in a container reads whatever stands in the terminal, the next lines too.
    inside = re.findall(r"^docker compose exec .*$", PAGE, re.MULTILINE)
    assert inside
    assert [line for line in inside if " < " not in line] == []


def test_an_upgrade_replaces_one_replica_at_a_time() -> None:
    # What was started without its dependencies looks changed to Compose, which makes it anew later.
    commands = re.findall(r"^docker compose up .*$", PAGE, re.MULTILINE)
    assert [line.split()[-1] for line in commands if "--build" not in line] == [
        "replica-1",
        "replica-2",
        "front",
    ]
    assert not [line for line in commands if "--no-deps" in line]


def test_the_operations_page_is_linked() -> None:
    assert "(OPERATIONS.md)" in Path(ROOT / "README.md").read_text(encoding="utf-8")
