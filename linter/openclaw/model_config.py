"""Which models openclaw.json names: an agent's own, the fallbacks behind it, and that of its sub-agents."""

from collections.abc import Iterator
from typing import Any

from linter.openclaw.agents import Agent, ConfigPath
from linter.openclaw.config import Config
from linter.openclaw.plain import folded, members, public, text
from linter.openclaw.selection.provider import ModelRef, realm_of, split_profile
from linter.snapshot.tables import Row, new_row

_RUNTIMES = frozenset({"codex", "openclaw"})


def model_uses(config: Config, agent: Agent) -> Iterator[Row]:
    """Yield a row of `model_uses` for each model that the configuration names for an agent.

    Sub-agents without a model take the agent's. An agent's own list of fallbacks hides the common one.
    """
    yield use_row(
        config, config.at(*model_path(config, agent)), agent.id, "primary", None, _primary(config, agent)
    )
    for base in _bases(agent, "model"):
        listed = members(config.get(*base)).get("fallbacks")
        if isinstance(listed, list):
            for pos, written in enumerate(listed):
                yield use_row(
                    config, config.at(*base, "fallbacks", pos), agent.id, "fallback", str(pos), written
                )
            break
    for base in _bases(agent, "subagents", "model"):
        found = next((path for path in (base, (*base, "primary")) if config.text(*path)), None)
        if found:
            yield use_row(config, config.at(*found), agent.id, "subagents", None, config.text(*found))
            break


def use_row(config: Config, at: Row, agent: str, use: str, name: str | None, written: Any) -> Row:
    """Return a row of `model_uses`; what selection derives stays null until then."""
    model = named_model(config, text(written) or "").model or None
    return new_row(
        "model_uses", at=at, agent=agent, use=use, name=name, model=model, provider=provider_of(model)
    )


def named_model(config: Config, written: str) -> ModelRef:
    """Return the model that is meant by what is written, which may be an alias."""
    return split_profile(public(_unaliased(config, written)))


def provider_of(model: str | None) -> str | None:
    """Return the provider that a model names, None where the version's default is meant."""
    return realm_of(model.split("/")[0]) if model and "/" in model else None


def _primary(config: Config, agent: Agent) -> str | None:
    return config.text(*model_path(config, agent))


def _bases(agent: Agent, *path: str) -> Iterator[ConfigPath]:
    """Yield where a setting of an agent may stand: in its own entry, then in the defaults."""
    if agent.entry is not None:
        yield (*agent.entry, *path)
    yield ("agents", "defaults", *path)


def model_path(config: Config, agent: Agent) -> ConfigPath:
    """Return where an agent's primary model stands: in its own entry, or in the defaults."""
    bases = list(_bases(agent, "model"))
    paths = (path for base in bases for path in (base, (*base, "primary")))
    return next((path for path in paths if config.text(*path)), bases[-1])


def _unaliased(config: Config, model: str) -> str:
    """Return what a model's alias stands for, or the model itself."""
    if model and "/" not in model:
        for reference, settings in config.members("agents", "defaults", "models"):
            if folded(text(members(settings).get("alias")) or "") == folded(model):
                return reference
    return model


def runtime(config: Config, agent: Agent, model: str | None) -> str | None:
    """Return the runtime named for an agent's model: `codex` or `openclaw`; None for another or none."""
    for base in _bases(agent):
        for path in ((*base, "models", model or ""), base):
            name = config.text(*path, "agentRuntime", "id")
            if name:
                return name if name in _RUNTIMES else None
    return None
