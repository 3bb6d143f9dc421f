"""What pyproject.toml cannot say: the Codes and policies at the top of the checkout ship inside the package.

A wheel gets copies under ``policylang/_data``. An editable installation needs none: the package finds the checkout's
own folders (:mod:`policylang.model.data`), so that what is edited there is what is used.
"""

from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent
SHIPPED = ("checks", "policies")
LEFT_OUT = ignore_patterns("__pycache__", ".*", "~$*", "*.bak")


class BuildWithData(build_py):
    """Copies the shipped folders beside the modules, afresh each time, so that no file of an older build stays."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for name in SHIPPED:
            target = Path(self.build_lib) / "policylang" / "_data" / name
            rmtree(target, ignore_errors=True)
            copytree(HERE / name, target, ignore=LEFT_OUT)


setup(cmdclass={"build_py": BuildWithData})
