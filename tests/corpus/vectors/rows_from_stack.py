# %% right: move the axis, then reshape
def rows_from_stack(stack):
    n = stack.shape[2]
    return np.moveaxis(stack, 2, 0).reshape(n, -1)


# %% right: a list of flattened pictures
def rows_from_stack(stack):
    return [stack[:, :, k].ravel().tolist() for k in range(stack.shape[2])]


# %% right: pixel by pixel into zeros
def rows_from_stack(stack):
    h, w, n = stack.shape
    X = np.zeros((n, h * w))
    for k in range(n):
        for i in range(h):
            for j in range(w):
                X[k, i * w + j] = stack[i, j, k]
    return X


# %% right: pictures into columns, then transpose, in float32
def rows_from_stack(stack):
    return stack.reshape(-1, stack.shape[-1]).T.astype(np.float32)


# %% wrong: reshapes to the right shape
# hint: each row mixes the pictures
def rows_from_stack(stack):
    return stack.reshape(stack.shape[2], -1)


# %% wrong: pictures in columns
# hint: a picture must be a row, and here it is a column
def rows_from_stack(stack):
    return stack.reshape(-1, stack.shape[2])


# %% wrong: transposes every axis
# hint: each row reads its picture column by column
def rows_from_stack(stack):
    return stack.T.reshape(stack.shape[2], -1)


# %% wrong: leaves the pictures unflattened
# hint: a row must be flat
def rows_from_stack(stack):
    return np.moveaxis(stack, -1, 0)


# %% wrong: squeezes a single picture
# hint: one single picture still gives a matrix
def rows_from_stack(stack):
    return stack.reshape(-1, stack.shape[2]).T.squeeze()


# %% wrong: unanswered
# hint: not answered yet
def rows_from_stack(stack):
    raise NotImplementedError("not answered yet")


# %% paste: the lesson's line for pictures that lie in the first axis
# hint: the number of pictures is the last of the shape
def rows_from_stack(stack):
    return stack.reshape(len(stack), -1)


# %% paste: mathml's as_matrix, imported
# hint: mathml.arrays
def rows_from_stack(stack):
    from mathml.arrays import as_matrix

    return as_matrix(stack.reshape(-1, stack.shape[2]).T, "stack")
