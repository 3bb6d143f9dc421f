"""What a row of a log of events records, in one word: the event, after its stage where another column has that."""

from __future__ import annotations

from policylang.casebook.grid import Content, text_of
from policylang.casebook.record import heading_key


def whole_word(event: Content, stage: Content = None) -> str:
    """``Stage 2 Response sent`` for an event "Response sent" beside a stage "2".

    The event alone where it names its stage itself, or no stage is given. Any other stage stands before it as it is
    written ("Informal Response sent"), so that it is not taken for stage 1.
    """
    word = " ".join(text_of(event).split())
    said = " ".join(text_of(stage).split())
    if not word or not said or heading_key(word).startswith("stage "):
        return word
    number = heading_key(f"stage {said}" if said in ("1", "2") else said)
    return f"{number.capitalize()} {word}" if number in ("stage 1", "stage 2") else f"{said} {word}"
