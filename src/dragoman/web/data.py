"""What stands beside each page: the same as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from dragoman.dossier.answers import Answer
from dragoman.output.rows import dumps

ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"description": "The question cannot be answered; the text says why."},
    401: {"description": "Sign in first."},
    404: {"description": "There is no such thing."},
}


def as_json(answer: Answer[Any], *, one: bool = False) -> Response:
    """A list as ``{"total": ..., "items": [...]}``, a single thing as its own object."""
    rows = answer.to_json()
    if one:
        body = dumps(rows[0])
    else:
        head = dumps({"total": answer.total, "undated": answer.undated})[:-1]
        body = head + ', "items": [' + ",\n".join(map(dumps, rows)) + "]}"
    return Response(body.encode("utf-8", "replace"), media_type="application/json")


def as_csv(answer: Answer[Any], name: str) -> Response:
    """A table with one plain value a cell, no cell that a spreadsheet would take for a formula."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    body = answer.to_csv().encode("utf-8", "replace")
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


def beside(
    router: APIRouter,
    path: str,
    answer: Callable[..., Answer[Any]],
    *,
    name: str,
    summary: str,
    one: bool = False,
) -> None:
    """
    Give ``path`` with ``.json`` and ``.csv``.

    Args:
        router: where.
        path: of the page.
        answer: what is asked; its parameters are those of the query.
        name: of the file of the CSV.
        summary: what it is, for the description of the API.
        one: whether the answer is one thing, not a list.
    """

    def json_of(found: Answer[Any] = Depends(answer)) -> Response:  # noqa: B008 - FastAPI's way
        return as_json(found, one=one)

    def csv_of(found: Answer[Any] = Depends(answer)) -> Response:  # noqa: B008
        return as_csv(found, name)

    slug = path.strip("/").replace("/", "-").replace("{", "").replace("}", "").replace(":path", "")
    for kind, made, media in (("json", json_of, "application/json"), ("csv", csv_of, "text/csv")):
        responses = {200: {"description": summary, "content": {media: {}}}, **ERRORS}
        router.add_api_route(
            f"{path}.{kind}",
            made,
            methods=["GET"],
            name=f"{slug}-{kind}",
            operation_id=f"{slug}-{kind}",
            summary=f"{summary}, as {kind.upper()}",
            response_class=Response,
            responses=responses,
            tags=[name],
        )
