"""The contraventions that an officer may look for, with what this authority asks for each."""

from dataclasses import asdict
from typing import Any

from flask import Response, json, request

from enforcement.domain.codes import Contravention, suffixes_of
from enforcement.domain.policy import EnforcementPolicy
from enforcement.pipeline.rules import policy_of

from .auth import signed_in
from .bodies import Blueprint
from .database import session
from .schemas.found import ContraventionList

blueprint = Blueprint("contraventions", __name__, description="What officers look for")


@blueprint.get("/contraventions")
@signed_in
@blueprint.response(200, ContraventionList)
@blueprint.alt_response(304, description="It is as it was under the tag that `If-None-Match` gives")
def list_contraventions():
    """The authority's list to search in, in its order, and what must be seen of each before a notice.

    It changes with the policy only: keep it with its `ETag`, and ask again with `If-None-Match`.
    """
    policy = policy_of(session)
    items = [_told(each, policy) for each in policy.contraventions()]
    response = Response(json.dumps(ContraventionList().dump({"items": items})), mimetype="application/json")
    response.add_etag()
    return response.make_conditional(request)


def _told(each: Contravention, policy: EnforcementPolicy) -> dict[str, Any]:
    usual = policy.observation(each.code)
    other = {
        suffix: asdict(asked)
        for (code, suffix), asked in policy.observations.items()
        if code == each.code and suffix is not None and asked != usual
    }
    suffixes = [{"suffix": letter, "meaning": meaning} for letter, meaning in suffixes_of(each.code).items()]
    told = {name: getattr(each, name) for name in ("code", "gist", "level", "street")}
    return told | {"suffixes": suffixes, "observation": asdict(usual), "by_suffix": other}
