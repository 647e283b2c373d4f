"""Counts the decisions of an export as of several entries, by another engine than the register's own.

exported.py ENGINE EXPECTED.json PARQUET CSV

ENGINE is duckdb or spark. EXPECTED.json is a list of questions, each with an entry of the ledger, columns and the cells
that the register itself counts. Every cell is compared, of the Parquet files and of the CSV read by its own description.
The last line says how many were.
"""

import json
import sys


def with_duckdb(parquet, csv):
    import duckdb

    db = duckdb.connect()
    files = f"read_parquet('{parquet}/**/*.parquet', hive_partitioning = true)"
    types = {"string": "VARCHAR", "integer": "BIGINT"}
    with open(f"{csv}-metadata.json", encoding="utf-8") as file:
        columns = json.load(file)["tableSchema"]["columns"]
    named = ", ".join(f"'{column['name']}': '{types[base(column)]}'" for column in columns)
    table = f"read_csv('{csv}', header = true, columns = {{{named}}})"
    return lambda source, sql: db.execute(sql.format(table=files if source == "parquet" else table)).fetchall()


def base(column):
    """The base of a datatype, which may be named alone."""
    datatype = column["datatype"]
    return datatype if isinstance(datatype, str) else datatype["base"]


def with_spark(parquet, csv):
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.executor.memory", "1g")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    # Each worker has a folder of its own; a task that lasts a moment leaves the next one to the other worker.
    at_work = spark.sparkContext.parallelize(range(8), 8).map(where_it_is_done)
    assert len(set(at_work.collect())) == 2, "the work was not shared by two workers"
    types = {"string": "STRING", "integer": "BIGINT"}
    with open(f"{csv}-metadata.json", encoding="utf-8") as file:
        columns = json.load(file)["tableSchema"]["columns"]
    schema = ", ".join(f"{column['name']} {types[base(column)]}" for column in columns)
    spark.read.parquet(parquet).createOrReplaceTempView("parquet_rows")
    spark.read.csv(csv, header=True, schema=schema).createOrReplaceTempView("csv_rows")
    return lambda source, sql: [tuple(row) for row in spark.sql(sql.format(table=f"{source}_rows")).collect()]


def where_it_is_done(_):
    """The folder of the worker that does a task."""
    import os
    import time

    time.sleep(0.3)
    return os.environ["SPARK_EXECUTOR_DIRS"]


def main():
    engine, expected, parquet, csv = sys.argv[1:]
    ask = {"duckdb": with_duckdb, "spark": with_spark}[engine](parquet, csv)
    with open(expected, encoding="utf-8") as file:
        questions = json.load(file)
    compared = 0
    for columns in {tuple(question["by"]) for question in questions}:
        register = {
            (question["index"], *cell["words"]): cell["n"]
            for question in questions
            if tuple(question["by"]) == columns
            for cell in question["cells"]
        }
        words = ", ".join(f"coalesce({name}, 'not_known')" for name in columns)
        entries = ", ".join(f"({index})" for index in sorted({index for index, *_ in register}))
        sql = (
            f"SELECT entry, {words}, count(*) FROM {{table}} JOIN (VALUES {entries}) AS asked(entry) "
            f"ON from_index <= entry AND (to_index IS NULL OR to_index > entry) GROUP BY entry, {words}"
        )
        for source in ("parquet", "csv"):
            counted = {tuple(row[:-1]): row[-1] for row in ask(source, sql)}
            if counted != register:
                differ = sorted(set(counted.items()) ^ set(register.items()), key=str)
                sys.exit(f"{source} by {columns}, as of an entry: {differ}")
            compared += len(register)
    versions = (
        "SELECT count(*), count(DISTINCT person), count(DISTINCT decision), count(to_index), count(term_days), "
        "min(year), max(quarter), sum(severity_thousandths) FROM {table}"
    )
    rows = ask("parquet", versions)
    if rows != ask("csv", versions):
        sys.exit(f"the files do not hold the same: {rows} in Parquet, {ask('csv', versions)} in CSV")
    print(f"{compared} cells of {rows[0][0]} versions are the same, of {rows[0][3]} that no longer stand")


main()
