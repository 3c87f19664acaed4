"""JSON against the schemas of an OpenAPI 3.1 document: the words that ours uses, and no others."""

from __future__ import annotations

import re
from typing import Any

KNOWN = {"$ref", "type", "properties", "required", "items", "anyOf", "enum", "const", "format", "description", "title",
         "default", "additionalProperties", "minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength", "pattern"}
TYPES: dict[str, tuple[type, ...]] = {"object": (dict,), "array": (list,), "string": (str,), "integer": (int,),
                                      "number": (int, float), "boolean": (bool,), "null": (type(None),)}
FORMATS = {"date": r"\d{4}-\d\d-\d\d", "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"}


def faults(value: Any, schema: dict[str, Any], document: dict[str, Any], at: str = "$") -> list[str]:
    """Where and why the value is not what the schema says; empty where it is."""
    assert schema.keys() <= KNOWN, f"unknown words at {at}: {schema.keys() - KNOWN}"
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/components/schemas/")
        return faults(value, document["components"]["schemas"][name], document, at)
    if "anyOf" in schema:
        return [] if any(not faults(value, one, document, at) for one in schema["anyOf"]) else [f"{at}: fits none"]
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return [f"{at}: {value!r} is no {kind}"]
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        return [f"{at}: {value!r} is not allowed"]
    if schema.get("format") in FORMATS and not re.fullmatch(FORMATS[schema["format"]], value):
        return [f"{at}: {value!r} is no {schema['format']}"]
    found: list[str] = []
    if isinstance(value, dict) and "properties" in schema:
        found += [f"{at}.{name} is missing" for name in schema.get("required", []) if name not in value]
        found += [f"{at}.{name} is not described" for name in value if name not in schema["properties"]]
        for name, one in schema["properties"].items():
            found += faults(value[name], one, document, f"{at}.{name}") if name in value else []
    if isinstance(value, list) and "items" in schema:
        for number, one in enumerate(value):
            found += faults(one, schema["items"], document, f"{at}[{number}]")
    return found
