"""``python -m policylang``: the same as the ``policylang`` script."""

from policylang.commands import main

if __name__ == "__main__":
    main()
