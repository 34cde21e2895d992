"""Prices, in cents."""


def price(amount: int) -> int:
    # TODO(ada): ask whether tax is in it
    return amount * 120  # TODO: round
