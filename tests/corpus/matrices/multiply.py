# %% right: a loop over entries, and lists
def multiply(entries, shape, B):
    n, d = shape
    if d != len(B):
        raise ValueError(f"A is {shape} and B is {np.shape(B)}")
    m = B.shape[1]
    C = [[0.0] * m for _ in range(n)]
    for i, j, a in entries:
        for column in range(m):
            C[i][column] += a * B[j, column]
    return C


# %% right: writes the zeros down, and uses @, in float32
def multiply(entries, shape, B):
    A = np.zeros(shape, dtype=np.float32)
    for i, j, a in entries:
        A[i, j] += a
    if A.shape[1] != B.shape[0]:
        raise ValueError("cannot multiply " + str(A.shape) + " by " + str(B.shape))
    return A @ B.astype(np.float32)


# %% right: all entries at once
def multiply(entries, shape, B):
    if shape[1] != B.shape[0]:
        raise ValueError(f"{shape[0]} × {shape[1]} does not go with {B.shape[0]} × {B.shape[1]}")
    table = np.array(entries, dtype=float).reshape(-1, 3)
    i, j = table[:, 0].astype(int), table[:, 1].astype(int)
    C = np.zeros((shape[0], B.shape[1]))
    np.add.at(C, i, table[:, 2:] * B[j])
    return C


# %% wrong: row and column exchanged
# hint: row j of B goes to row i of the product
def multiply(entries, shape, B):
    if shape[1] != len(B):
        raise ValueError(f"A is {shape} and B is {B.shape}")
    C = np.zeros((shape[0], B.shape[1]))
    for i, j, a in entries:
        C[j] += a * B[i]
    return C


# %% wrong: the last entry of a row replaces the others
# hint: must be added to the first, not replace it
def multiply(entries, shape, B):
    if shape[1] != len(B):
        raise ValueError(f"A is {shape} and B is {B.shape}")
    C = np.zeros((shape[0], B.shape[1]))
    for i, j, a in entries:
        C[i] = a * B[j]
    return C


# %% wrong: writes the table down, and forgets that a place may come twice
# hint: only the last was kept
def multiply(entries, shape, B):
    A = np.zeros(shape)
    for i, j, a in entries:
        A[i, j] = a
    if A.shape[1] != len(B):
        raise ValueError(f"A is {A.shape} and B is {B.shape}")
    return A @ B


# %% wrong: adds the rows of B as they are
# hint: the number of the entry is not in use
def multiply(entries, shape, B):
    if shape[1] != len(B):
        raise ValueError(f"A is {shape} and B is {B.shape}")
    C = np.zeros((shape[0], B.shape[1]))
    for i, j, _ in entries:
        C[i] += B[j]
    return C


# %% wrong: as many rows as the last entry says
# hint: the shape says how many rows there are
def multiply(entries, shape, B):
    if shape[1] != len(B):
        raise ValueError(f"A is {shape} and B is {B.shape}")
    C = np.zeros((1 + max(i for i, _, _ in entries), B.shape[1]))
    for i, j, a in entries:
        C[i] += a * B[j]
    return C


# %% wrong: looks at no shape
# hint: compare them before you multiply
def multiply(entries, shape, B):
    C = np.zeros((shape[0], B.shape[1]))
    for i, j, a in entries:
        C[i] += a * B[j]
    return C


# %% wrong: an error that does not say what came
# hint: the message must hold both shapes
def multiply(entries, shape, B):
    if shape[1] != len(B):
        raise ValueError("the shapes do not fit")
    C = np.zeros((shape[0], B.shape[1]))
    for i, j, a in entries:
        C[i] += a * B[j]
    return C


# %% wrong: notices only a B that is too high
# hint: fewer rows in B than columns in A do not fit either
def multiply(entries, shape, B):
    if len(B) > shape[1]:
        raise ValueError(f"A is {shape} and B is {B.shape}")
    C = np.zeros((shape[0], B.shape[1]))
    for i, j, a in entries:
        C[i] += a * B[j]
    return C


# %% wrong: the product has the type of B
# hint: let C hold floats
def multiply(entries, shape, B):
    if shape[1] != len(B):
        raise ValueError(f"A is {shape} and B is {B.shape}")
    C = np.zeros((shape[0], B.shape[1]), dtype=B.dtype)
    for i, j, a in entries:
        C[i] = C[i] + a * B[j]
    return C


# %% wrong: stumbles over a table without entries
# hint: a table without entries is a table of zeros
def multiply(entries, shape, B):
    if shape[1] != len(B):
        raise ValueError(f"A is {shape} and B is {B.shape}")
    i, j, a = (np.array(part) for part in zip(*entries))
    C = np.zeros((shape[0], B.shape[1]))
    np.add.at(C, i, a[:, None] * B[j])
    return C


# %% wrong: unanswered
# hint: not answered yet
def multiply(entries, shape, B):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's multiply, its source
# hint: takes 2 positional arguments but 3 were given
def multiply(A, B):
    inner = f"A {A.shape} has {A.shape[1]} columns and B {B.shape} has {B.shape[0]} rows"
    if A.shape[1] != len(B):
        raise ValueError(f"A must have as many columns as B has rows, but {inner}")
    return A @ B


# %% paste: mathml's multiply, imported
# hint: uses mathml.matrices
from mathml.matrices import multiply as product


def multiply(entries, shape, B):
    A = np.zeros(shape)
    for i, j, a in entries:
        A[i, j] += a
    return product(A, B)
