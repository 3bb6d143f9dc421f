"""The columnar replay: the reference replay (:mod:`policylang.auditor.replay_reference`) over whole columns at once.

Each file is the translation of one concern of the reference, function by function, into Polars expressions over
look-up tables. The reference is the definition; tests/auditor/columns holds the two together. Nothing outside this
package imports Polars at its top: import this package inside the function that needs it.
"""
