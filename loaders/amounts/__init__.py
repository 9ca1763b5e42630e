"""Amounts: every amount of money, share, ratio, area and term of years of a policy, and what each of them is.

From numerals over quantities, cues and phrases to roles, terms and quotes; matches with upper levels are for matches.py.
"""

from loaders.amounts.extract import ClauseAmounts, extract_amounts
from loaders.amounts.quantities import AmountError, Money, parse_money

__all__ = ["AmountError", "ClauseAmounts", "Money", "extract_amounts", "parse_money"]
