"""Whether a second factor is asked for is no setting of its own: always, except in a demo, which production refuses."""

import os
import subprocess
import sys

import pytest

SAY = "import config.settings.{module} as settings; print(settings.SECOND_FACTOR_REQUIRED)"
ANY_KEY = "k1l2m3n4o5p6q7r8s9t0" * 3


def settings_of(module, **environment):
    kept = {name: value for name, value in os.environ.items() if name not in {"DEMO", "DATABASE_URL"}}
    given = {"SECRET_KEY": ANY_KEY, "ALLOWED_HOSTS": "stins.ekbacka.example", **environment}
    command = [sys.executable, "-c", SAY.format(module=module)]
    return subprocess.run(command, env={**kept, **given}, capture_output=True, text=True)


@pytest.mark.parametrize(("environment", "asked"), [({}, "True"), ({"DEMO": "1"}, "False")])
def test_second_factor_is_asked_for_everywhere_but_in_a_demo(environment, asked):
    assert settings_of("development", **environment).stdout.strip() == asked


def test_production_asks_for_it_and_refuses_a_demo():
    assert settings_of("production").stdout.strip() == "True"
    assert "DEMO is set" in settings_of("production", DEMO="1").stderr
