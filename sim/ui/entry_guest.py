"""A guest of a round is the same person after a reload: a cookie with a secret that nobody else has.

Only who opens the link of a round is given one, since only there something is theirs: what they
handed in. Of the secret the library keeps a hash.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from sim.store.people import is_secret, new_secret

COOKIE: Final = "closed_loop_guest"
_ROUND: Final = "round"
# As long as a round may reasonably wait for its reveal (s).
_LASTS: Final = 90 * 86_400


def give_guest(request: Request, response: Response) -> None:
    """Let the browser be recognised, if it came by the link of a round and is not yet.

    Without a path of its own the cookie goes to where the page stands and below, wherever that is.
    """
    if not request.query_params.get(_ROUND) or is_secret(request.cookies.get(COOKIE)):
        return
    response.set_cookie(
        COOKIE,
        new_secret(),
        max_age=_LASTS,
        path=None,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
