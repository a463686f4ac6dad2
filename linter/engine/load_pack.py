"""Packs of rule files, compiled on top of one that is compiled already."""

from collections.abc import Sequence
from pathlib import Path

from linter.engine.cache import Kept
from linter.engine.compile_pack import compile_pack
from linter.engine.pack import ENGINE_VERSION, Pack, yaml_files
from linter.engine.vocabulary import Vocabulary
from linter.files import SMALL, read_bytes


def load_pack(
    folders: Sequence[Path],
    vocabulary: Vocabulary,
    cache_dir: Path | None = None,
    base: Pack | None = None,
) -> Pack:
    """Load every rule file below the folders, and `params.yaml` and `causes.yaml` in each folder itself.

    They come on top of the rules of `base`. What a file compiles to is kept in `cache_dir` by its content.

    Raises RuleFileError with the problems of all files, OSError when a file cannot be read.
    """
    texts = {path: read_bytes(path, SMALL) for folder in folders for path in yaml_files(folder)}
    base = base or Pack((), {}, vocabulary)
    if not texts:
        return base
    kept = Kept(cache_dir / "rules.json" if cache_dir else None, ENGINE_VERSION)
    pack = compile_pack(folders, texts, base, kept)
    kept.save()
    return pack
