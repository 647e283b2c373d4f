"""Counts, exact sums and medians by sex, gravity and court as of two ledger indexes, in DuckDB.

duckdb_scan.py FOLDER MIDDLE HEAD: the columns are files of little-endian numbers in the folder. The measures come as
lines; the answers are written to the file `answers.json`, and the same columns to `facts.parquet`.
"""
import json
import os
import sys
import time

import duckdb
import numpy
import pyarrow

folder, middle, head = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
threads = os.cpu_count()
widths = {"from_index": "<u4", "to_index": "<u4", "sex": "u1", "gravity": "u1", "court": "u1", "days": "<u4", "person": "<u4"}
columns = {name: pyarrow.array(numpy.fromfile(os.path.join(folder, name), width)) for name, width in widths.items()}
with open(os.path.join(folder, "decision"), "rb") as file:
    ids = pyarrow.py_buffer(file.read())
rows = len(columns["days"])
columns["decision"] = pyarrow.Array.from_buffers(pyarrow.binary(16), rows, [None, ids])
facts = pyarrow.table(columns)


def line(system, measure, n, seconds):
    print(json.dumps({"system": system, "measure": measure, "n": n, "concurrency": 1, "seconds": seconds, "per_second": n / seconds}), flush=True)


def timed(measure, sql, at):
    """The median of seven passes after one that is left out."""
    db.execute(sql, [at, at]).fetchall()
    took = []
    for _ in range(7):
        start = time.perf_counter()
        answer = db.execute(sql, [at, at]).fetchall()
        took.append(time.perf_counter() - start)
    line("duckdb", measure, rows, sorted(took)[3])
    return answer


path = os.path.join(folder, "facts.duckdb")
if os.path.exists(path):
    os.remove(path)
db = duckdb.connect(path)
db.execute(f"SET threads = {threads}")
db.execute("CREATE TABLE facts AS SELECT * FROM facts")
db.execute("CHECKPOINT")
WHERE = "FROM facts WHERE from_index <= ? AND ? < to_index GROUP BY ALL"
TOTALS = f"SELECT sex, gravity, court, count(*), sum(days)::BIGINT {WHERE}"
MEDIANS = f"SELECT sex, gravity, court, (2 * median(days))::BIGINT {WHERE}"
answers = {
    "middle": timed("totals_middle", TOTALS, middle),
    "head": timed("totals_head", TOTALS, head),
    "medians": timed("medians_middle", MEDIANS, middle),
}
parquet = os.path.join(folder, "facts.parquet")
db.execute(f"COPY facts TO '{parquet}' (FORMAT parquet)")
line("parquet", "bytes", os.path.getsize(parquet), 1)
with open(os.path.join(folder, "answers.json"), "w") as file:
    json.dump(answers, file)
