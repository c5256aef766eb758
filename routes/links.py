"""Which answer leads to which operation (OpenAPI links), found by the nouns of what is answered.

A schema is named after what it shows (`TaskOut`), a member after what it holds (`shift`, `bay_id`) and a
parameter after what it takes (`task_id`): so nobody writes a link, and a new route has its own by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
JSON = "application/json"
OTHER_NAMES = {"officer": "person", "sos": "alert"}  # an officer is a person, a call for help an alert

Json = dict[str, Any]
Given = dict[str, str]  # what can be filled in, and where in the answer it stands


@dataclass(frozen=True, slots=True)
class Target:
    """An operation that acts on things: by name, what goes into its path and its body."""

    operation: str
    in_path: dict[str, str]
    in_body: dict[str, str]


def add_links(paths: Json, schemas: Json) -> Json:
    """Put into every answer the links to what can be done with it; the links themselves, by name."""
    made: Json = {}
    targets = [target for path in paths for target in _targets(path, paths[path], schemas)]
    for path, item in paths.items():
        for method in METHODS:
            for answer in _answers(item.get(method, {})):
                given = _given(answer["content"][JSON]["schema"], schemas) | _sent(
                    path, item[method], schemas
                )
                links = dict(filter(None, (_link(target, given) for target in targets)))
                if links:
                    made |= links
                    answer["links"] = {name: {"$ref": f"#/components/links/{name}"} for name in links}
    return made


def _answers(operation: Json) -> Iterator[Json]:
    for status, answer in operation.get("responses", {}).items():
        if status.startswith("2") and JSON in answer.get("content", {}):
            yield answer


def _targets(path: str, item: Json, schemas: Json) -> Iterator[Target]:
    """The operations of a path that act on things."""
    in_path = {name: _called(name) for name in re.findall(r"{(\w+_id)}", path)}
    for method in METHODS:
        if method in item:
            body = _members(_body(item[method]), schemas)
            in_body = {name: _called(name) for name in body if name.endswith("_id") and _is_id(body[name])}
            if in_path and "version" in body:
                in_body["version"] = f"version of {[*in_path.values()][-1]}"
            if in_path or in_body:
                yield Target(item[method]["operationId"], in_path, in_body)


def _link(target: Target, given: Given) -> tuple[str, Json] | None:
    """The way from an answer that gives these values to this operation, if there is one."""
    parameters, body = (
        {name: given[what] for name, what in wanted.items() if what in given}
        for wanted in (target.in_path, target.in_body)
    )
    if len(parameters) < len(target.in_path) or not (parameters or body):
        return None
    found = [where.partition("#/")[2].replace("/", ".") for where in (*parameters.values(), *body.values())]
    link: Json = {"operationId": target.operation}
    link |= {"parameters": parameters} if parameters else {}
    link |= {"requestBody": body} if body else {}
    return ".".join([target.operation, *found]), link


def _given(schema: Json, schemas: Json) -> Given:
    """What an answer of this schema gives: ids of what it shows, of what that belongs to, and its version.

    Of a list the first is shown. What stands nearer to the top comes first.
    """
    where = ""
    if "items" in _members(schema, schemas):
        schema, where = _members(schema, schemas)["items"]["items"], "/items/0"
    noun, members = _noun(schema), _members(schema, schemas)
    given = dict(_ids(noun, members, f"$response.body#{where}"))
    if "version" in members:
        given[f"version of {noun}_id"] = f"$response.body#{where}/version"
    for name, member in members.items():
        given = dict(_ids(name, _members(member, schemas), f"$response.body#{where}/{name}")) | given
    return given


def _sent(path: str, operation: Json, schemas: Json) -> Given:
    """The id that the sender made for what the path ends in."""
    noun = path.rpartition("/")[2].removesuffix("s")
    made = "id" in _members(_body(operation), schemas)
    return {f"{noun}_id": "$request.body#/id"} if made and noun.isalpha() else {}


def _ids(noun: str, members: Json, where: str) -> Iterator[tuple[str, str]]:
    for name, member in members.items():
        if _is_id(member) and (name == "id" or name.endswith("_id")):
            yield _called(f"{noun}_id" if name == "id" else name), f"{where}/{name}"


def _called(name: str) -> str:
    """An id's name by what it is the id of."""
    noun = name.removesuffix("_id")
    return f"{OTHER_NAMES[noun]}_id" if noun in OTHER_NAMES else name


def _noun(schema: Json) -> str:
    """`EventDayOut` shows an event_day."""
    name = re.sub(r"^New|Out$", "", _reference(schema))
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _members(schema: Json, schemas: Json) -> Json:
    return schemas.get(_reference(schema), schema).get("properties", {})


def _reference(schema: Json) -> str:
    either = schema.get("anyOf", [schema])[0]
    return either.get("$ref", "").rpartition("/")[2]


def _body(operation: Json) -> Json:
    return operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema", {})


def _is_id(member: Json) -> bool:
    return member.get("format") == "uuid"
