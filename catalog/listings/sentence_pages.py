"""The sentence box of the selling form: what was said, read while the seller looks on."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from catalog.households.session import act_for
from catalog.listings.sentence.dates import read_care
from catalog.listings.sentence.fill import Filled, fill_form
from catalog.listings.sentence.reader import read_listing
from catalog.storage.database import now_ms
from catalog.web.clock import local
from catalog.web.forms import Form
from catalog.web.limits import count_try
from catalog.web.render import fragment
from catalog.words.places import suggestions

LONGEST_SENTENCE = 1000
A_DAY = "public, max-age=86400"


def read_sentence(form: Form) -> Filled:
    """The form's fields for its `sentence`."""
    said = form.raw("sentence")[:LONGEST_SENTENCE]
    return fill_form(read_listing(said), read_care(said, local(now_ms()).date()))


async def tell_sentence(request: Request) -> Response:
    """JSON for the form's script: `values` by field, and `rows`, the HTML that shows them."""
    actor = await act_for(request)
    await count_try(request, "sentence", who=actor.household.id)
    filled = read_sentence(Form(await request.form()))
    return JSONResponse({"values": filled.values, "rows": fragment(request, "listings/_filled.html", filled=filled)})


async def list_places(request: Request) -> Response:
    """The communes of the province, and what they were called: [what to fill in, the old name]."""
    return JSONResponse(suggestions(), headers={"Cache-Control": A_DAY})


ROUTES = [Route("/n/{household}/sell/read", tell_sentence, methods=["POST"]), Route("/places", list_places)]
