"""`make bench`."""

from logging import ERROR
from pathlib import Path

import click
import structlog

from routes.commands.terminal import progress

from . import harness

RESULTS = Path(__file__).parents[2] / "bench.json"


@click.command()
@click.option("--only", metavar="NAME", help="One figure, with those of the same run.")
@click.option("--tiny", is_flag=True, help="At sizes that only show that it runs.")
@click.option("--out", type=click.Path(path_type=Path), default=RESULTS, help="Where to write them as JSON.")
def bench(only: str | None, tiny: bool, out: Path) -> None:
    """Measure, and say what was reached."""
    names = [name for case in harness.CASES for name in case.names]
    if only and only not in names:
        raise click.UsageError(f"There is no {only!r}; there are: {', '.join(names)}")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(ERROR))
    results = []
    for case in harness.CASES:
        if not only or only in case.names:
            click.echo(f"{' '.join(case.names)} …")
            results += case.figures(progress(), **(case.tiny if tiny else {}))
            click.echo()
    click.echo(harness.table(results))
    for words in filter(None, (harness.beside(each) for each in results if isinstance(each, harness.Figure))):
        click.echo(f"\n{words}")
    out.write_text(harness.as_json(results))
    failed = [each for each in results if isinstance(each, harness.Failed)]
    for each in failed:
        click.echo(f"\n{each.name} failed: {each.why}", err=True)
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    bench()
