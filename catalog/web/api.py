"""The JSON API's manners: models in and out, errors as problem+json, and its own description.

Each room's `api.py` lists its `OPERATIONS`; `api_routes` makes routes of them and `describe` the
OpenAPI 3.1 document, so that the description can't drift from what is served.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ValidationError
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from catalog.errors import FieldError, Invalid
from catalog.web.forms import one_line

Model = TypeVar("Model", bound=BaseModel)


def _one_line(value: object) -> object:
    """The text on one line; one with a null byte stays as it is and is refused with the others."""
    return one_line(value) if isinstance(value, str) and "\0" not in value else value


Line = Annotated[str, BeforeValidator(_one_line)]
"""A text of one line, as the forms take it: what a program sends stands in posts, messages and feeds as well."""

WRONG = {"missing": "Thiếu mục này.", "int_type": "Cần một số nguyên.", "int_parsing": "Cần một số nguyên.",
         "int_from_float": "Cần một số nguyên.", "string_type": "Cần một chuỗi chữ.",
         "bool_type": "Cần true hoặc false.", "bool_parsing": "Cần true hoặc false.",
         "literal_error": "Giá trị này không có trong danh sách.", "greater_than": "Số quá nhỏ.",
         "greater_than_equal": "Số quá nhỏ.", "less_than_equal": "Số quá lớn.", "string_too_long": "Dài quá.",
         "string_too_short": "Thiếu mục này.", "extra_forbidden": "Không có mục nào tên như vậy."}

PROBLEM = {"type": "object", "required": ["type", "title", "status"], "properties": {
    "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
    "detail": {"type": "string"}, "left": {"type": "number"},
    "errors": {"type": "array", "items": {"type": "object", "required": ["field", "detail"], "properties": {
        "field": {"type": "string"}, "detail": {"type": "string"}}}}}}


@dataclass(frozen=True, slots=True)
class Operation:
    """One verb on one path. `takes` and `gives` are pydantic models; `file_field` is for multipart.

    `status` is the usual answer's, `also` those of others that give the same, `refusals` those of problems.
    """

    method: str
    path: str
    handler: Callable[[Request], Awaitable[Response]]
    summary: str
    takes: type[BaseModel] | None = None
    gives: type[BaseModel] | None = None
    status: int = 200
    also: tuple[int, ...] = ()
    needs_key: bool = True
    file_field: str | None = None
    refusals: tuple[int, ...] = ()


def api_routes(operations: Sequence[Operation]) -> list[Route]:
    """The operations as routes."""
    return [Route(one.path, one.handler, methods=[one.method]) for one in operations]


async def read_json(request: Request, model: type[Model]) -> Model:
    """The body as the model; raises `Invalid` with every field that is wrong."""
    try:
        return model.model_validate_json(await request.body())
    except ValidationError as error:
        faults = {".".join(str(part) for part in fault["loc"]) or "body":
                  FieldError(WRONG.get(fault["type"], "Giá trị này không đúng.")) for fault in error.errors()}
        raise Invalid(fields=faults) from error


def answer(model: BaseModel, status: int = 200) -> JSONResponse:
    """The model as JSON, not to be kept."""
    return JSONResponse(model.model_dump(mode="json"), status, {"Cache-Control": "no-store"})


def describe(operations: Sequence[Operation], *, server_url: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of all operations."""
    models = {model for one in operations for model in (one.takes, one.gives) if model}
    _, schemas = models_json_schema([(model, "validation") for model in sorted(models, key=lambda m: m.__name__)],
                                    ref_template="#/components/schemas/{model}")
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(_plain(one.path), {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Chợ Phiên", "version": "1", "description": "Listings, orders and posts of one household."},
        "servers": [{"url": server_url}],
        "paths": paths,
        "components": {
            "schemas": {**schemas.get("$defs", {}), "Problem": PROBLEM},
            "securitySchemes": {"householdKey": {"type": "http", "scheme": "bearer"}}},
    }


def serve_description(operations: Sequence[Operation]) -> Route:
    """`GET /api/openapi.json`."""
    async def show(request: Request) -> Response:
        url = request.app.state.shop.settings.public_url
        return Response(json.dumps(describe(operations, server_url=url), ensure_ascii=False),
                        media_type="application/json", headers={"Cache-Control": "public, max-age=60"})
    return Route("/api/openapi.json", show)


def _operation(one: Operation) -> dict[str, Any]:
    refused = {*one.refusals, *((401,) if one.needs_key else ()), *((422,) if one.takes else ()), 429}
    names = [part.strip("{}").split(":")[0] for part in one.path.split("/") if part.startswith("{")]
    content = {"application/json": {"schema": _reference(one.gives)}} if one.gives else {}
    body: dict[str, Any] = {
        "summary": one.summary,
        "operationId": f"{one.method.lower()}_{one.handler.__name__}",
        "parameters": [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names],
        "responses": {**{str(status): {"description": "Done", "content": content} for status in (one.status, *one.also)},
                      **{str(status): _problem(status) for status in sorted(refused)}},
        "security": [{"householdKey": []}] if one.needs_key else [],
    }
    if one.takes:
        body["requestBody"] = {"required": True, "content": {"application/json": {"schema": _reference(one.takes)}}}
    if one.file_field:
        form = {"type": "object", "required": [one.file_field],
                "properties": {one.file_field: {"type": "string", "format": "binary"}}}
        body["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": form}}}
    return body


def _problem(status: int) -> dict[str, Any]:
    return {"description": "Refused", "content": {"application/problem+json": {
        "schema": {"$ref": "#/components/schemas/Problem"}}}}


def _reference(model: type[BaseModel] | None) -> dict[str, str]:
    assert model is not None
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def _plain(path: str) -> str:
    return "/".join("{" + part.strip("{}").split(":")[0] + "}" if part.startswith("{") else part
                    for part in path.split("/"))
