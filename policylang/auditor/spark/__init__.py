"""The columnar replay beyond one machine: the same compiled function, run by Apache Spark over many files or rows.

Nothing here judges anything. :mod:`~policylang.auditor.spark.files` hands out the names of Parquet files on storage
that all workers share; :mod:`~policylang.auditor.spark.dataframes` sends the rows of a DataFrame through the function.
Either way the counts are added up in Spark. pyspark and pyarrow (``pip install "policylang[spark]"``) are imported by
the functions that need them, and by nothing else.
"""
