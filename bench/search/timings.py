"""Timings as Markdown tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.search.building import Built
from bench.search.questions import Asked, kinds

SLOWEST = 8


@dataclass(frozen=True, slots=True)
class Timing:
    """One answer of one engine, in milliseconds."""

    engine: str
    asked: Asked
    wall: float
    cpu: float


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share of the others does not exceed: the nearest rank, nothing in between."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def show_built(built: Mapping[str, Built]) -> None:
    print("| engine | papers | index MB | CPU s | papers per CPU s | wall s | peak memory MB | before MB |")
    print("|---|---|---|---|---|---|---|---|")
    for name, one in built.items():
        speed = one.documents / one.cpu
        print(
            f"| {name} | {one.documents:,} | {one.size / 1e6:.0f} | {one.cpu:.1f} | {speed:.0f} | {one.wall:.1f} "
            f"| {one.peak / 1e6:.0f} | {one.before / 1e6:.0f} |"
        )
    print(flush=True)


def show(timings: Sequence[Timing]) -> None:
    names = sorted({timing.engine for timing in timings})
    _show_all(timings, names)
    _show_kinds(timings, names)
    _show_slowest(timings)


def _show_all(timings: Sequence[Timing], names: Sequence[str]) -> None:
    print("| engine | CPU ms p50 | p95 | p99 | most | wall ms p50 | p95 | p99 | most |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name in names:
        own = [timing for timing in timings if timing.engine == name]
        cells = [
            f"{percentile(values, share):.2f}"
            for values in ([timing.cpu for timing in own], [timing.wall for timing in own])
            for share in (0.5, 0.95, 0.99, 1.0)
        ]
        print(f"| {name} |", " | ".join(cells), "|")
    print()


def _show_kinds(timings: Sequence[Timing], names: Sequence[str]) -> None:
    print("| CPU ms, p50 / p95 | questions |", " | ".join(names), "|")
    print("|---" * (2 + len(names)) + "|")
    for kind in kinds():
        of_kind = [timing for timing in timings if timing.asked.kind == kind]
        cells = [_middle_and_end([timing.cpu for timing in of_kind if timing.engine == name]) for name in names]
        print(f"| {kind} | {len(of_kind) // len(names)} |", " | ".join(cells), "|")
    print()


def _middle_and_end(values: Sequence[float]) -> str:
    return f"{percentile(values, 0.5):.2f} / {percentile(values, 0.95):.2f}" if values else ""


def _show_slowest(timings: Sequence[Timing]) -> None:
    own = sorted((timing for timing in timings if timing.engine == "embedded"), key=lambda timing: -timing.cpu)
    for timing in own[:SLOWEST]:
        print(f"- {timing.cpu:.1f} ms: {timing.asked.kind}, {timing.asked.query.text!r}")
