"""What a command writes: text to a stream, and files and folders that are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from policylang.findings.problem import problem

written: list[Path] = []
"""The files this run has put in place, so that a message about stopping can say what is true."""


def emit(text: str, *, err: bool = False, colour: bool = False) -> None:
    """Write ``text`` to stdout (results) or stderr (messages), ending with exactly one new line."""
    click.echo(text.rstrip("\n") if text.strip("\n") else text, err=err, color=colour)


def emit_json(data: object) -> None:
    """Write ``data`` to stdout as JSON: two spaces of indent, keys in the order given, letters as they are."""
    import json

    emit(json.dumps(data, ensure_ascii=False, indent=2))


@contextlib.contextmanager
def whole_file(path: Path | str, *, overwrite: bool = False) -> Iterator[Path]:
    """A temporary path to write to, which becomes ``path`` if the block ends well and vanishes if it does not.

    Raises :class:`Problem` before the block runs if ``path`` exists and ``overwrite`` is false, or if it cannot be
    written; so a long calculation never ends with nowhere to put its result.
    """
    path = _target(Path(path))
    if path.is_dir():
        raise problem(
            "file-exists", "PL-F10", f"{path} is a folder, so no file of that name can be written.", file=str(path)
        )
    if path.exists():
        _refuse_unless(overwrite and path.is_file(), path)
    _writable(path.parent)
    draft = path.with_name(f".{path.name}.{_token()}.part")
    try:
        yield draft
        os.replace(draft, path)
        written.append(path)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def write_whole(path: Path | str, data: str | bytes, *, overwrite: bool = False) -> None:
    """Write ``data`` to ``path`` whole or not at all (:func:`whole_file`); text as UTF-8, line ends as they are."""
    with whole_file(path, overwrite=overwrite) as draft:
        draft.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)


def spare(inputs: Iterable[Path | None], *outputs: Path) -> None:
    """Refuse to write over what is being read, whether or not ``--overwrite`` was given: the work would be gone."""
    targets = [path for path in outputs if path.exists()]
    for path in inputs:
        # Asked of the file system: a link, or another way of writing a name, may lead to the same file.
        if path is not None and path.exists() and any(path.samefile(target) for target in targets):
            raise problem(
                "input-would-be-overwritten",
                "PL-U08",
                f"{path.name} is to be read, and the result would be written over it.",
                "Give another name or another folder with --out.",
                file=str(path),
            )


@contextlib.contextmanager
def whole_folder(path: Path | str, *, overwrite: bool = False) -> Iterator[Path]:
    """A temporary folder to fill, whose contents go to ``path`` if the block ends well and vanish if it does not.

    A folder that is not empty is refused unless ``overwrite``; then each new file takes the place of its namesake, and
    whatever else is in the folder stays. Either every file is put in place or none, also where one cannot be replaced
    because another program has it open. Raises :class:`Problem` before the block runs, as :func:`whole_file` does.
    """
    path = _target(Path(path))
    if path.exists() and not path.is_dir():
        raise problem(
            "file-exists",
            "PL-F10",
            f"{path} is a file, and a folder is needed here.",
            "Give another name.",
            file=str(path),
        )
    there = path.is_dir()
    if there and not overwrite and any(path.iterdir()):
        message = f"The folder {path} is not empty."
        raise problem("folder-not-empty", "PL-F11", message, "Give another folder, or add --overwrite.", file=str(path))
    _writable(path if there else next(p for p in path.parents if p.exists()))
    made = [] if there else [p for p in path.parents if not p.exists()]
    # Inside a folder that is there: only so is it sure to be on the same disk, and where one may write.
    draft = path / f".policylang-{_token()}.part" if there else path.with_name(f".{path.name}.{_token()}.part")
    try:
        draft.mkdir(parents=True)
        yield draft
        with _uninterrupted():
            if there:
                _move_into(draft, path)
            else:
                draft.rename(path)
                written.append(path)
                made = []
    finally:
        import shutil

        shutil.rmtree(draft, ignore_errors=True)
        for parent in made:
            with contextlib.suppress(OSError):
                parent.rmdir()


def _move_into(draft: Path, path: Path) -> None:
    """Put every file of ``draft`` in its place, or leave every place as it was."""
    places = {new: path / new.relative_to(draft) for new in sorted(p for p in draft.rglob("*") if p.is_file())}
    for place in places.values():
        if place.is_dir():
            raise problem(
                "file-exists",
                "PL-F10",
                f"{place} is a folder, and a file of that name is to be written.",
                "Rename the folder, or give another folder with --out.",
                file=str(place),
            )
    aside = draft / ".aside"
    aside.mkdir()
    moved: list[tuple[Path, Path | None]] = []
    try:
        for n, (new, place) in enumerate(places.items()):
            place.parent.mkdir(parents=True, exist_ok=True)
            old = aside / str(n) if place.exists() or place.is_symlink() else None
            if old is not None:
                os.replace(place, old)
            moved.append((place, old))
            os.replace(new, place)
    except BaseException:
        for place, old in reversed(moved):
            if old is not None:
                os.replace(old, place)
            else:
                place.unlink(missing_ok=True)
        raise
    written.extend(places.values())


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back while files are put in place: it counts once they all are."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
    if pressed:
        raise KeyboardInterrupt


def _token() -> str:
    return os.urandom(4).hex()


def _target(path: Path) -> Path:
    # A link is followed, so that the file it points to is replaced and not the link; and “.” has a name of its own.
    try:
        return path.resolve() if path.is_symlink() or path.name in ("", "..") else path
    except (OSError, RuntimeError) as fault:
        if isinstance(fault, OSError) and fault.errno != errno.ELOOP:
            raise
        message = f"{path} is a link that leads back to itself."
        raise problem("no-such-folder", "PL-F14", message, "Give another name.", file=str(path)) from None


def _refuse_unless(allowed: bool, path: Path) -> None:
    if allowed:
        return
    if not path.is_file():
        raise problem("file-exists", "PL-F10", f"{path} is not an ordinary file.", "Give another name.", file=str(path))
    hint = "Give another name, or add --overwrite to replace it."
    raise problem("file-exists", "PL-F10", f"There is already a file {path}.", hint, file=str(path))


def _writable(folder: Path) -> None:
    if not folder.is_dir():
        message = f"There is no folder {folder} to write to."
        raise problem("no-such-folder", "PL-F14", message, "Make the folder first, or name another.", file=str(folder))
    probe = folder / f".policylang-{_token()}.part"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        message = f"Nothing can be written in {folder}."
        hint = "Choose another folder with --out, or ask for permission to write there."
        raise problem("folder-not-writable", "PL-F12", message, hint, file=str(folder)) from error
