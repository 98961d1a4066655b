"""A real OpenID Connect provider as a process on loopback: Canaille, with a few people in it.

``python -m tests.identity.provider PORT REDIRECT_URI ...`` runs it in the foreground.
"""

import sys
import uuid
from dataclasses import dataclass
from typing import Any, Final

CLIENT: Final = "closed-loop"
SECRET: Final = "known-to-both-sides-only"
PASSWORD: Final = "correct horse battery staple"


@dataclass(frozen=True, kw_only=True)
class Someone:
    """A person whom the provider knows; of ``verified`` ones it says that the address is theirs."""

    name: str
    address: str
    shown: str
    verified: bool = True


ANNA: Final = Someone(name="anna", address="Anna@Shop.example", shown="Anna Tree")
BO: Final = Someone(name="bo", address="bo@shop.example", shown="Bo Stone")
# Typed in an address that may be anybody's.
CLEO: Final = Someone(name="cleo", address="bo@shop.example", shown="Cleo Ray", verified=False)
PEOPLE: Final = (ANNA, BO, CLEO)
# The provider's own way to say what a claim is made of.
_VERIFIED: Final = "{% if user.title == 'verified' %}true{% endif %}"


def settings(port: int) -> dict[str, Any]:
    """Canaille's configuration: in memory, no mail, a key of its own."""
    from joserfc.jwk import RSAKey

    key = RSAKey.generate_key(2048)
    key.ensure_kid()
    return {
        "ENV_FILE": None,
        "SECRET_KEY": uuid.uuid4().hex,
        "PREFERRED_URL_SCHEME": "http",
        "SERVER_NAME": f"127.0.0.1:{port}",
        "CANAILLE": {
            "DATABASE": "memory",
            "JAVASCRIPT": False,
            "HTMX": False,
            "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc"]}},
            "LOGGING": {"version": 1, "root": {"level": "WARNING"}},
        },
        "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)]},
    }


def provider(port: int, redirects: list[str]) -> Any:
    """The provider as a web application, with its people and its one client."""
    from canaille import create_app
    from canaille.app import models

    app = create_app(settings(port), env_file=None)
    app.config["CANAILLE_OIDC"]["USERINFO_MAPPING"]["EMAIL_VERIFIED"] = _VERIFIED
    with app.app_context():
        backend = app.backend
        for each in PEOPLE:
            user = models.User(
                user_name=each.name,
                formatted_name=each.shown,
                family_name=each.shown.split()[-1],
                emails=[each.address],
                password=PASSWORD,
                title="verified" if each.verified else None,
            )
            backend.save(user)
        client = models.Client(
            client_id=CLIENT,
            client_secret=SECRET,
            client_name="Closed-Loop Lab",
            client_uri=redirects[0],
            redirect_uris=redirects,
            post_logout_redirect_uris=redirects,
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "profile", "email"],
            token_endpoint_auth_method="client_secret_basic",
        )
        backend.save(client)
        backend.update(client, audience=[client])
        backend.save(client)
    return app


def main() -> None:
    """Serve until the process is ended."""
    from werkzeug.serving import run_simple

    port, *redirects = sys.argv[1:]
    run_simple("127.0.0.1", int(port), provider(int(port), redirects), threaded=True)


if __name__ == "__main__":
    main()
