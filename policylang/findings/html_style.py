"""How the pages of findings look: dark on light, wide enough to read, every colour with a word beside it."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; --ink: #1d2430; --soft: #4a5568; --line: #c4ccd8; --paper: #fff; --tint:
  #f3f5f8; }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, "Segoe UI", Arial, sans-serif; color: var(--ink); background:
  var(--paper); }
header, nav, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 2rem 0 .5rem; border-bottom: 2px solid var(--line); padding-bottom: .25rem; }
h3 { font-size: 1.05rem; margin: 0 0 .5rem; }
p { margin: .4rem 0; }
a { color: #0b4f9e; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
table { border-collapse: collapse; margin: .75rem 0; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
thead th { background: var(--tint); }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
article { border: 1px solid var(--line); border-left-width: .4rem; border-radius: .25rem; padding: .8rem
  1rem; margin: .9rem 0; }
.bad { border-left-color: #b3261e; }
.fair { border-left-color: #9a5b00; }
.none { border-left-color: #3f5f8a; }
.good { border-left-color: #1c6b3a; }
.word { display: inline-block; font-weight: 700; border: 1px solid currentColor; border-radius: .2rem;
  padding: 0 .4rem; margin-right: .4rem; }
.bad .word { color: #9b1c15; }
.fair .word { color: #7a4700; }
.none .word { color: #2f4a70; }
.good .word { color: #14532d; }
dl { margin: 0; display: grid; grid-template-columns: 8rem 1fr; gap: .3rem .75rem; }
dt { color: var(--soft); font-weight: 600; }
dd { margin: 0; min-width: 0; }
dd > p:first-child, dd > pre:first-child { margin-top: 0; }
pre { margin: .2rem 0; padding: .45rem .6rem; background: var(--tint); overflow-x: auto; white-space:
  pre-wrap; font: .9rem/1.45 ui-monospace, Consolas, monospace; }
mark { background: #ffe08a; color: inherit; text-decoration: underline 2px #9b1c15; }
.soft { color: var(--soft); }
footer { margin: 2rem auto; border-top: 1px solid var(--line); padding-top: .75rem; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; }
dt { margin-top: .4rem; }
@media print { article { break-inside: avoid; }
nav, .skip { display: none; }
"""
