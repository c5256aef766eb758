"""The benchmark of dispatch policies: recorded or made-up days, walked by each policy under the same rules.

The problem is the travelling officer problem of Shao et al. (IEEE Internet of Things Journal, 2017), the rules
follow Schmoll & Schubert (IJCAI 2020): `world` has them. A policy is built from the days it may learn from
(`past`) and is then shown only what can be observed (`view`).
"""
