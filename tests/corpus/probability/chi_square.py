# %% right: hospital by hospital, with an outer product
def chi_square(tables):
    expected, statistic, df = [], 0.0, 0
    for table in tables:
        rows, columns = table.sum(axis=1).astype(float), table.sum(axis=0).astype(float)
        if len(rows) == 1 or len(columns) == 1 or np.any(table < 0) or 0 in rows or 0 in columns:
            raise ValueError("this table tells nothing")
        E = np.outer(rows, columns / rows.sum())
        statistic += np.sum((table - E) ** 2 / E)
        df += (len(rows) - 1) * (len(columns) - 1)
        expected.append(E)
    return np.array(expected), statistic, df


# %% right: cell by cell, with Python's own whole numbers
def chi_square(tables):
    expected, statistic, df = [], 0, 0
    for table in tables.tolist():
        rows = [sum(row) for row in table]
        columns = [sum(column) for column in zip(*table)]
        if min(map(min, table)) < 0 or not all(rows) or not all(columns):
            raise ValueError("there is a row or a column without counts, or a negative count")
        if len(rows) < 2 or len(columns) < 2:
            raise ValueError("there is only one row or column")
        E = [[a * b / sum(rows) for b in columns] for a in rows]
        statistic += sum((o - e) ** 2 / e for os, es in zip(table, E) for o, e in zip(os, es))
        df += (len(rows) - 1) * (len(columns) - 1)
        expected.append(E)
    return expected, statistic, df


# %% right: in probabilities, and χ² by the short formula
def chi_square(tables):
    n = np.einsum("hij->h", tables.astype(float))
    if min(tables.shape[1:]) == 1 or tables.min() < 0:
        raise ValueError(f"a table of shape {tables.shape[1:]} cannot be tested")
    P = tables / n[:, None, None]
    p, q = np.einsum("hij->hi", P), np.einsum("hij->hj", P)
    if not (p.all() and q.all()):
        raise ValueError("empty")
    E = np.einsum("h,hi,hj->hij", n, p, q)
    return (
        E,
        np.sum(tables.astype(float) ** 2 / E) - n.sum(),
        len(tables) * (tables.shape[1] - 1) * (tables.shape[2] - 1),
    )


# %% wrong: all hospitals in one table
# hint: the hospitals are mixed
def chi_square(tables):
    table = tables.sum(axis=0).astype(float)
    if min(table.shape) < 2 or tables.min() < 0 or not tables.sum(axis=1).all() or not tables.sum(axis=2).all():
        raise ValueError("empty")
    E = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    return E, np.sum((table - E) ** 2 / E), (E.shape[0] - 1) * (E.shape[1] - 1)


# %% wrong: divided by all patients
# hint: divide by the patients of that hospital, not of all
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum()
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: transposed
# hint: rows and columns have changed places
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E.swapaxes(1, 2), statistic, df


# %% wrong: not divided
# hint: divide by the number of patients
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: probabilities
# hint: these are probabilities
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True) ** 2
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: all cells alike
# hint: that is the mean of all cells
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = np.ones(tables.shape) * tables.mean(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: rounded
# hint: expected counts need not be whole: do not round
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    E = np.round(E)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: whole numbers throughout
# hint: do not cut them off
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(int)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns // tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: the columns spread evenly
# hint: only the columns count here
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = np.ones(tables.shape) * columns / r
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: the counts themselves
# hint: these are the counts as they came
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return tables, statistic, df


# %% wrong: products of whole numbers
# hint: counts of ten billion
def chi_square(tables):
    s, r, c = tables.shape
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: divided by what was observed
# hint: not by what was observed
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / tables).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: not squared
# hint: the square is missing
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) / E * E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: absolute values
# hint: |O − E| is not squared
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = (abs(tables - E) / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: Yates' correction
# hint: that is Yates' correction
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((abs(tables - E) - 0.5) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: plain squares
# hint: divide each square by what was expected in its cell
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: the mean over cells
# hint: that is the mean over cells
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).mean()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: the root
# hint: that is √χ²
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, np.sqrt(statistic), df


# %% wrong: χ² of each hospital
# hint: one χ² for all hospitals
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum(axis=(1, 2))
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: degrees of freedom of one hospital
# hint: the degrees of freedom of the hospitals add up
def chi_square(tables):
    _, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: cells less one
# hint: not r c − 1
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r * c - 1)
    return E, statistic, df


# %% wrong: all cells
# hint: a sum that is fixed leaves one cell
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * r * c
    return E, statistic, df


# %% wrong: added
# hint: are multiplied, not added
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1 + c - 1)
    return E, statistic, df


# %% wrong: a formula for two by two
# hint: five hospitals, four rows
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (c - 1)
    return E, statistic, df


# %% wrong: nothing refused
# hint: the second row has no patients
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: empty columns not refused
# hint: in the second hospital a column has no patients
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (tables < 0).any() or (rows == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: one row not refused
# hint: one row alone has nothing to be compared with
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if c < 2 or (tables < 0).any() or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: negative counts not refused
# hint: a count cannot be negative
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if r < 2 or c < 2 or (rows == 0).any() or (columns == 0).any():
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: every 0 refused
# hint: a single 0 in a table is a count like others
def chi_square(tables):
    s, r, c = tables.shape
    tables = tables.astype(float)
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    if (
        r < 2
        or c < 2
        or (tables < 0).any()
        or (s == 1 and (tables == 0).any())
        or (rows == 0).any()
        or (columns == 0).any()
    ):
        raise ValueError("a table is empty somewhere, too small, or negative")
    E = rows * columns / tables.sum(axis=(1, 2), keepdims=True)
    statistic = ((tables - E) ** 2 / E).sum()
    df = s * (r - 1) * (c - 1)
    return E, statistic, df


# %% wrong: unanswered
# hint: not answered yet
def chi_square(tables):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's test, imported, hospital by hospital
# hint: uses mathml.statistics
from mathml.statistics import chi_square_independence


def chi_square(tables):
    results = [chi_square_independence(table) for table in tables]
    return [r.expected for r in results], sum(r.statistic for r in results), sum(r.df for r in results)


# %% paste: mathml's test, its source, for one table
# hint: first hospital: rows of 40 and 40
def chi_square(table):
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    for side, sums in [("row", rows), ("column", columns)]:
        for i in np.flatnonzero(sums == 0):
            raise ValueError(f"table must have counts in every row and column, but {side} {i} has none")
    expected = np.outer(rows, columns / rows.sum())
    return expected, np.sum((table - expected) ** 2 / expected), (len(rows) - 1) * (len(columns) - 1)
