"""Two hours of patrol in a made-up town, walked by several policies: who catches more, and who walks in vain?

    python -m tests.benchmarks.rolling --officers 10,50,100 --seeds 0-4 [--policies …] [--shown]

The cars (`evening`) are the same for all policies; `patrol` walks the officers; `policies` and `by_vroom` say who
goes where; `report` sets the policies beside each other, evening by evening.
"""
