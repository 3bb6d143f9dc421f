"""Run the commands from a checkout: ``python cli.py check policies/connect-housing.policy``."""

from policylang.commands import main

if __name__ == "__main__":
    main()
