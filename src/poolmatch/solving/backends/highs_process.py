"""One mixed-integer program, solved by the HiGHS of scipy, in a process of its own that can be ended.

``python highs_process.py FOLDER`` reads ``program.npz`` there, logs on standard output, and writes ``answer.npz``. It
is started by its path and imports nothing of poolmatch, so that it begins to solve within half a second.
"""

import sys
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix


def main(folder: Path) -> None:
    """Solve the program of a folder, and write the answer there."""
    with np.load(folder / "program.npz") as file:
        given = {name: file[name] for name in file.files}
    entries = given["data"], given["indices"], given["indptr"]
    matrix = csr_matrix(entries, shape=(len(given["row_low"]), len(given["cost"])))
    found = milp(
        given["cost"],
        integrality=np.ones(len(given["cost"]), np.int64),
        bounds=Bounds(given["low"], given["high"]),
        constraints=LinearConstraint(matrix, given["row_low"], given["row_high"]),
        options={"time_limit": float(given["limit"]), "mip_rel_gap": 0.0, "disp": True},
    )
    bound = -np.inf if found.mip_dual_bound is None else found.mip_dual_bound
    values = np.zeros(0) if found.x is None else found.x
    np.savez(folder / "writing.npz", bound=bound, values=values)
    (folder / "writing.npz").rename(folder / "answer.npz")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
