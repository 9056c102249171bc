"""splink on DuckDB, trained without labels as its documentation shows it; needs the environment of its own.

Run by ``bench/match_peers.py`` with the Python of ``.venv/peers``, in an empty folder that is thrown away.
"""

from __future__ import annotations

import logging
import sys
import warnings
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import duckdb
import pyarrow as pa
import splink
from splink import DuckDBAPI, Linker
from splink.internals.exceptions import EMTrainingException

from bench.peers.cleaning import clean_organisation, clean_person
from bench.peers.measured import Found, Rows, run
from bench.peers.splink_models import Model, organisation_model, person_model

# Below this match probability a pair is not written down.
WRITTEN = 0.01
# Pairs drawn to estimate how often unlike rows agree by chance.
DRAWN_PAIRS = 2e6


def _arrow(rows: Rows) -> pa.Table:
    texts, lists = pa.string(), pa.list_(pa.string())
    kinds = {code: lists if code in ("mails", "tokens") else texts for code in rows[0]} | {"unique_id": pa.int64()}
    return pa.table({code: pa.array([row[code] for row in rows], kind) for code, kind in kinds.items()})


def _with_rare_words(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> pa.Table:
    """Return the rows with the two rarest words of each name, as the example with business names blocks on them."""
    connection.register("cleaned", rows)
    return connection.sql("""
        WITH single AS (SELECT unique_id, unnest(list_distinct(tokens)) AS word FROM cleaned),
        often AS (SELECT word, count(*) AS times FROM single GROUP BY word),
        rare AS (
            SELECT unique_id, list(word ORDER BY times, word)[:2] AS rarest
            FROM single JOIN often USING (word) GROUP BY unique_id
        )
        SELECT cleaned.*, rarest FROM cleaned LEFT JOIN rare USING (unique_id) ORDER BY unique_id
    """).to_arrow_table()


def _trained(linker: Any, model: Model) -> None:
    linker.training.estimate_probability_two_random_records_match(model.certain, recall=model.certain_recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=DRAWN_PAIRS, seed=7)
    for rule in model.training:
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        except EMTrainingException:  # a list without this column: what the rule would teach stays at its default
            continue


def match(table: str, rows: Rows) -> Found:
    """Return the pairs with their match probability."""
    connection = duckdb.connect()
    clean = clean_person if table == "person" else clean_organisation
    cleaned = _arrow([clean(row) for row in rows])
    if table == "organisation":
        cleaned = _with_rare_words(connection, cleaned)
    model = person_model() if table == "person" else organisation_model()
    interface = DuckDBAPI(connection=connection)
    linker = Linker(interface.register(cleaned), model.settings, log_level=logging.ERROR)
    _trained(linker, model)
    said = linker.inference.predict(threshold_match_probability=WRITTEN).as_duckdbpyrelation()
    columns = said.project("unique_id_l, unique_id_r, match_probability").fetchall()
    pairs = sorted((min(one, two), max(one, two), round(chance, 6)) for one, two, chance in columns)
    return Found(pairs, None, {"splink": splink.__version__, "duckdb": duckdb.__version__})


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    run(match)
