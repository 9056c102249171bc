"""The peers that ``bench/match_peers.py`` holds ours against, each run in a process of its own and measured there."""
