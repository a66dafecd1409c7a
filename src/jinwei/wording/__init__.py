"""How figures and what stands behind them are said, on a terminal and on a page."""
