from techprio.dependencies.candidates import platform_candidates
from techprio.dependencies.chain import find_critical_chain, transitive_reduction
from techprio.dependencies.check import check_graph
from techprio.dependencies.given_phases import check_phases
from techprio.dependencies.graph import DependencyGraph, build_graph
from techprio.dependencies.knockout import knock_out_losses
from techprio.dependencies.roles import classify_roles, roles_under
from techprio.dependencies.shapley import shapley_values
from techprio.model.critical_chain import CriticalChain
from techprio.model.study import RoleSettings

__all__ = [
    "CriticalChain",
    "DependencyGraph",
    "RoleSettings",
    "build_graph",
    "check_graph",
    "check_phases",
    "classify_roles",
    "find_critical_chain",
    "knock_out_losses",
    "platform_candidates",
    "roles_under",
    "shapley_values",
    "transitive_reduction",
]
