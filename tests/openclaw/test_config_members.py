"""What OpenClaw's schema refuses below `auth`, each with its place and the valid shape."""

import json

import pytest

import linter
from linter.openclaw.config_members import _COOLDOWNS, _ROTATIONS

SECRET = "sk-ant-oat01-FAKE0000000000000000000000"
AUTH = "openclaw models auth"
COOLDOWNS = ", ".join((*_COOLDOWNS, *_ROTATIONS))
LOGIN = {"provider": "openai", "mode": "oauth"}


def faults(tmp_path, config):
    (tmp_path / "openclaw.json").write_text(json.dumps(config, indent=1))
    tables = linter.take_snapshot(tmp_path, now=1795305600000).tables
    assert SECRET not in json.dumps(tables)
    rows = [row for row in tables["config_members"] if row["fault"]]
    return [(row["path"], row["fault"], row["valid"]) for row in rows]


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        ({"order": ["openai:a"]}, ("auth.order", "type", '{"PROVIDER": ["PROFILE-ID", …]}')),
        ({"order": {"openai": "openai:a"}}, ("auth.order.openai", "type", '["PROFILE-ID", …]')),
        ({"order": {"openai": [1]}}, ("auth.order.openai", "type", '["PROFILE-ID", …]')),
        ({"orders": {}}, ("auth.orders", "unknown", "order")),
        ({"Profiles": {}}, ("auth.Profiles", "unknown", "profiles")),
        ({"zzz": 1}, ("auth.zzz", "unknown", "profiles, order, cooldowns")),
        ({"token": SECRET}, ("auth.token", "secret", AUTH)),
        ({"profiles": {"a": {**LOGIN, "key": SECRET}}}, ("auth.profiles.a.key", "secret", AUTH)),
        ({"profiles": {"a": {**LOGIN, "mail": "a@b.c"}}}, ("auth.profiles.a.mail", "unknown", "email")),
        ({"profiles": {"a": {"provider": "openai"}}}, ("auth.profiles.a", "missing", "mode")),
        ({"profiles": {"a": {"mode": "oauth"}}}, ("auth.profiles.a", "missing", "provider")),
        ({"profiles": {"a": "oauth"}}, ("auth.profiles.a", "type", '{"provider": …, "mode": …}')),
        ({"cooldowns": {"Max": 1}}, ("auth.cooldowns.Max", "unknown", COOLDOWNS)),
    ],
)  # fmt: skip
def test_a_member_that_is_refused_is_told_with_what_is_valid(tmp_path, auth, expected):
    assert faults(tmp_path, {"auth": auth}) == [expected]


def test_a_near_miss_of_auth_itself_is_told(tmp_path):
    assert faults(tmp_path, {"Auth": {}}) == [("Auth", "unknown", "auth")]


@pytest.mark.parametrize(
    ("version", "name", "refused"),
    [
        ("2026.3.24", "billingMaxHours", []),
        ("2026.3.24", "rateLimitedProfileRotations", ["auth.cooldowns.rateLimitedProfileRotations"]),
        ("2026.5.7", "rateLimitedProfileRotations", []),
        ("2026.8.2", "billingMaxHours", ["auth.cooldowns"]),
    ],
)
def test_a_member_is_judged_by_the_version_that_reads_it(tmp_path, version, name, refused):
    found = faults(tmp_path, {"meta": {"lastTouchedVersion": version}, "auth": {"cooldowns": {name: 2}}})
    assert [path for path, _, _ in found] == refused


def test_what_openclaw_writes_itself_has_no_faults(tmp_path):
    auth = {
        "profiles": {"openai:a": {**LOGIN, "email": "a@example.com", "displayName": "A"}},
        "order": {"openai": ["openai:a"], "anthropic": []},
        "cooldowns": {"billingMaxHours": 24},
    }
    assert faults(tmp_path, {"auth": auth, "gateway": {"auth": {"token": SECRET}}}) == []
