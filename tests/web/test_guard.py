"""Other sites' pages change nothing; bodies are bounded; answers carry their protection."""

from __future__ import annotations

import pytest

from catalog.web.pages import own_path
from tests.cast import BASE_URL, Cast

FOREIGN = [{"Sec-Fetch-Site": "cross-site", "Origin": BASE_URL}, {"Sec-Fetch-Site": "same-site", "Origin": BASE_URL}]


@pytest.mark.parametrize("headers", FOREIGN)
async def test_a_write_from_another_site_is_refused(cast: Cast, headers: dict[str, str]) -> None:
    answer = await cast.farmer.post("/me/pin", data={"new_pin": "2468"}, headers=headers)

    assert answer.status_code == 403
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://testserver.evil.example"])
async def test_an_old_browser_is_judged_by_its_origin(cast: Cast, origin: str) -> None:
    request = cast.farmer.build_request("POST", "/me/pin", data={"new_pin": "2468"}, headers={"Origin": origin})
    del request.headers["sec-fetch-site"]

    answer = await cast.farmer.send(request)

    assert answer.status_code == 403


async def test_a_large_form_is_refused_before_it_is_read(cast: Cast) -> None:
    answer = await cast.farmer.post("/me/pin", content=b"x" * 100_000,
                                    headers={"content-type": "application/x-www-form-urlencoded"})

    assert answer.status_code == 413


async def test_a_body_that_lies_about_its_size_is_cut_off(cast: Cast) -> None:
    async def chunks():  # type: ignore[no-untyped-def]
        for _ in range(20):
            yield b"x" * 10_000

    answer = await cast.farmer.post("/me/pin", content=chunks(),
                                    headers={"content-type": "application/x-www-form-urlencoded"})

    assert answer.status_code == 413


async def test_every_page_forbids_inline_script_and_framing(cast: Cast) -> None:
    answer = await cast.farmer.get("/me")

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-store"


async def test_the_language_is_remembered_and_leads_only_to_own_pages(cast: Cast) -> None:
    answer = await cast.buyer.post("/lang", data={"lang": "en", "next": "https://evil.example/"})

    assert answer.headers["location"] == "/"
    assert "lang=en" in answer.headers["set-cookie"]


@pytest.mark.parametrize("address", ["//evil.example", "/\\evil.example", "javascript:alert(1)", "evil", None, ""])
def test_only_own_paths_are_followed(address: object) -> None:
    assert own_path(address) == "/"


async def test_health_is_told(cast: Cast) -> None:
    answer = await cast.buyer.get("/healthz")

    assert answer.json() == {"status": "ok"}


async def test_an_unknown_page_is_a_page_and_an_unknown_api_path_is_a_problem(cast: Cast) -> None:
    seen = await cast.buyer.get("/nowhere")
    api = await cast.buyer.get("/api/v1/nowhere")

    assert seen.status_code == 404 and "Không tìm thấy trang này" in seen.text
    assert api.headers["content-type"] == "application/problem+json" and api.json()["status"] == 404


async def test_stylesheets_come_compressed_and_may_be_kept_for_ever(cast: Cast) -> None:
    seen = await cast.buyer.get("/nowhere")
    address = seen.text.split('rel="stylesheet" href="')[1].split('"')[0]

    sheet = await cast.buyer.get(address)

    assert sheet.status_code == 200 and "immutable" in sheet.headers["cache-control"]
    assert sheet.headers["content-encoding"] in ("br", "gzip")
