"""Speed and memory, each beside a peer in the same run, because absolute times say little about another machine.

    python -m tests.benchmarks [start swipe embed build] [--json FILE]
"""
