"""Any number of saved snapshots, linted in parallel, and what shows only between their machines.

Needs the packages of `authlint[fleet]`; only here does authlint use a network, and only where a URL is named.
"""
