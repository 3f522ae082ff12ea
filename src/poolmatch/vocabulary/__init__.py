"""What tables, columns, closed words, rules and outcomes are called in every language: one place, on the ground floor.

Names are looked up by the ids that files and code use. No two names that can stand in one place are alike in a
language, so that each can be read back.
"""

from poolmatch.vocabulary.closed_words import words_of_column
from poolmatch.vocabulary.columns import column_name
from poolmatch.vocabulary.rules import rule_name
from poolmatch.vocabulary.tables import TABLES

__all__ = ["TABLES", "column_name", "rule_name", "words_of_column"]
