"""Performs calls with the official client for Python: a request in JSON on each line of stdin, an outcome on stdout."""

import json
import sys

import openai
from openai import DefaultHttpxClient, OpenAI
from pydantic import BaseModel, ValidationError

# Fields that the API's description has and the client's pages lack.
UNTYPED = {
    "SyncConversationCursorPage": {"object", "first_id"},
    "SyncPage": {"first_id", "last_id", "has_more"},
}


def perform(request):
    bodies = []

    def keep_body(response):
        if response.is_success:
            response.read()
            bodies.append(response.json())

    options = {} if request["retries"] is None else {"max_retries": request["retries"]}
    with DefaultHttpxClient(event_hooks={"response": [keep_body]}) as http_client:
        client = OpenAI(
            base_url=request["baseUrl"],
            admin_api_key=request["key"],
            api_key="",
            http_client=http_client,
            **options,
        )
        try:
            results = call(client, request)
        except openai.APIError as error:
            return {"error": error_of(error), "bodies": bodies}
    kinds = [type(result) for result in results]
    problems = [text for kind, body in zip(kinds, bodies, strict=True) for text in type_problems(kind, body)]
    return {"value": value_of(request, results), "bodies": bodies, "typeProblems": problems}


def call(client, request):
    """The results of all requests: one, or the pages of a list."""
    operation, project = request["operation"], request.get("project")
    parameters = request.get("parameters", {})
    organization = client.admin.organization
    resource = organization.certificates if project is None else organization.projects.certificates
    target = request.get("id") if project is None else project
    named = [] if target is None else [target]
    if operation == "list-all":
        return list(resource.list(*named, **parameters).iter_pages())
    return [getattr(resource, operation)(*named, **parameters)]


def value_of(request, results):
    if request["operation"] == "list-all":
        return {"data": [item.to_dict() for page in results for item in page.data]}
    return results[0].to_dict()


def error_of(error):
    """`code` and `param` as the client presents them; an error without a response has no status."""
    return {
        "class": type(error).__name__,
        "status": getattr(error, "status_code", None),
        "code": error.code,
        "param": error.param,
        "hasRequestId": bool(getattr(error, "request_id", None)),
    }


def type_problems(kind, body):
    """The client accepts whatever it receives, so the body is validated again with the types that it uses."""
    try:
        parsed = kind.model_validate(body, strict=True)
    except ValidationError as error:
        return [f"{kind.__name__}: {each['loc']}: {each['msg']}" for each in error.errors()]
    untyped = UNTYPED.get(kind.__name__.split("[")[0], set())
    return [f"{kind.__name__}: unknown field {path}" for path in unknown_fields(parsed) if path not in untyped]


def unknown_fields(value, path=""):
    if isinstance(value, list):
        for each in value:
            yield from unknown_fields(each, path)
    if isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            yield f"{path}{name}"
        for name in type(value).model_fields:
            yield from unknown_fields(getattr(value, name), f"{path}{name}.")


for line in sys.stdin:
    print(json.dumps(perform(json.loads(line))), flush=True)
