"""The portable data set: reading, checking and writing the fact tables."""

from jinwei.datasets.checks import check_dataset
from jinwei.datasets.dataset import Dataset, Row, Value
from jinwei.datasets.read import dataset_from_tables, read_dataset
from jinwei.datasets.tree import tree_paths
from jinwei.datasets.write import write_dataset

__all__ = [
    "Dataset",
    "Row",
    "Value",
    "check_dataset",
    "dataset_from_tables",
    "read_dataset",
    "tree_paths",
    "write_dataset",
]
