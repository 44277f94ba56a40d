"""The description of the API holds: whatever is asked, the server answers and never fails."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from served import Serve

from dragoman.dossier import Dossier


@pytest.mark.filterwarnings("ignore")  # of schemathesis and what it brings
def test_no_question_makes_the_server_fail(example: Dossier, serve: Serve) -> None:
    client = serve(example)
    schema = schemathesis.openapi.from_dict(client.get("/openapi.json").json())
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            database=None,
        )
        def ask(case) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
            nonlocal asked
            request = case.as_transport_kwargs(base_url="http://testserver")
            answer = client.request(
                request["method"], request["url"], params=request.get("params"), follow_redirects=False
            )
            asked += 1
            assert answer.status_code < 500, f"{answer.url}: {answer.text}"

        given(case=operation.as_strategy())(ask)()
    assert asked > 100


ODD = (
    "/events?text=%00", "/events?text=%22", "/search?q=%22%22", "/search?q=*", "/search?q=AND",
    "/search?q=%EF%BF%BF", "/events?page=99999", "/events?from=0001&to=9999", "/events?from=-0100",
    "/events?party=%F0%9F%98%80", "/actors/%2e%2e%2f", "/reports/x.json", "/events/%00", "/sources/%00.csv",
    "/overview?since=9999-12-31T23:59:59%2B00:00", "/overview?since=9999-12-31T23:59:59-14:00",
    "/overview?since=0001-01-01T00:00:00%2B14:00", "/review/a/b", "/log?who=%00", "/negotiations?q=%00",
    "/events?text=" + "a" * 201, "/search?q=%E4%BD%A0", "/search?q=%D8%A7%D9%84", "/reports/" + "a" * 300,
)  # fmt: skip


@pytest.mark.parametrize("path", ODD)
def test_odd_questions_are_answered(example: Dossier, serve: Serve, path: str) -> None:
    assert serve(example).get(path).status_code < 500
