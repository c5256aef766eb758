"""What is measured, and the sample alerts that look at it."""

import re

import promql_parser
import yaml
from flask import Flask

from routes.pages import ROOT

from ..builders import Council

ALERTS = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text())
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]


def metrics(app: Flask) -> str:
    return app.test_client().get("/metrics").get_data(as_text=True)


def test_every_alert_looks_at_something_that_is_measured(council: Council):
    council.bay("B1")
    council.reads(("B1", "free", "08:59"), status=200)
    told = metrics(council.app)
    for rule in RULES:
        for name in re.findall(r"openpatrol_\w+", rule["expr"]):
            assert re.search(rf"^{name}[ {{]", told, re.M), (
                f"{rule['alert']} looks at {name}, which is not measured"
            )


def test_every_alert_can_be_read_by_prometheus_and_says_what_it_means():
    for rule in RULES:
        promql_parser.parse(rule["expr"])
        assert {"alert", "expr", "for", "labels", "annotations"} == set(rule)
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert re.fullmatch(r"\d+[mh]", rule["for"])


def test_readings_are_counted_by_their_fate(council: Council):
    council.bay("B1")
    before = metrics(council.app)
    council.reads(("B1", "free", "08:59"), status=200)
    assert metrics(council.app) != before
    assert 'openpatrol_readings_total{fate="taken"}' in metrics(council.app)


def test_the_database_tells_how_it_does(app: Flask):
    told = dict(re.findall(r"^(openpatrol_\w+)(?:\{\S+\})? ([\d.e+]+)$", metrics(app), re.M))
    assert float(told["openpatrol_database_bytes"]) > 1e6
    assert float(told["openpatrol_partitions_ahead_days"]) >= 7
    assert "openpatrol_default_partition_rows" in told
