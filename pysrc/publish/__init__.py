"""From Markdown to a static site: set-up, runtime packing, fences, and the finishing touches.

`make` is the usual way in; `python -m publish build` and `serve` are what it calls.
"""
