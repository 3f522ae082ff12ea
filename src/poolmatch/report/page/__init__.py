"""The report as one page for a browser and for paper: it needs nothing from elsewhere and no script (extra ``report``).

`page` puts it together, `parts` says what stands in it for whom, `cells` how a cell is told, `bars` draws.
"""

from poolmatch.report.page.page import check_page, report_page, write_page

__all__ = ["check_page", "report_page", "write_page"]
