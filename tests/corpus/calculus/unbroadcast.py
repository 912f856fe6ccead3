# %% right: sums axis by axis
def unbroadcast(A, B, upstream):
    gradients = []
    for mine, other in ((A, B), (B, A)):
        shares, shape = np.asarray(upstream * other), np.shape(mine)
        while shares.ndim > len(shape):
            shares = shares.sum(axis=0)
        for axis, length in enumerate(shape):
            if length == 1:
                shares = shares.sum(axis=axis, keepdims=True)
        gradients.append(shares)
    return gradients


# %% right: each place of C in turn
def unbroadcast(A, B, upstream):
    A, B, G = np.asarray(A), np.asarray(B), np.asarray(upstream)
    places_A = np.broadcast_to(np.arange(A.size).reshape(A.shape), G.shape)
    places_B = np.broadcast_to(np.arange(B.size).reshape(B.shape), G.shape)
    dA, dB = np.zeros(A.size), np.zeros(B.size)
    for i, j, g in zip(places_A.flat, places_B.flat, G.flat):
        dA[i] += g * B.flat[j]
        dB[j] += g * A.flat[i]
    return dA.reshape(A.shape), dB.reshape(B.shape)


# %% right: counted places, bincount
def unbroadcast(A, B, upstream):
    def collect(shares, to):
        shape = np.shape(to)
        places = np.broadcast_to(np.arange(np.size(to)).reshape(shape), np.shape(shares))
        total = np.bincount(places.ravel(), weights=np.ravel(shares), minlength=np.size(to))
        return total.reshape(shape).tolist()

    return collect(upstream * np.asarray(B), A), collect(upstream * np.asarray(A), B)


# %% wrong: sums nothing
# hint: are not added up yet
def unbroadcast(A, B, upstream):
    return upstream * B, upstream * A


# %% wrong: the mean
# hint: the mean is too little
def unbroadcast(A, B, upstream):
    def back(shares, to):
        front = shares.ndim - np.ndim(to)
        repeated = tuple(k for k in range(front, shares.ndim) if np.shape(to)[k - front] == 1)
        return np.mean(shares, axis=(*range(front), *repeated), keepdims=True).reshape(np.shape(to))

    return back(np.asarray(upstream * B), A), back(np.asarray(upstream * A), B)


# %% wrong: cuts back to the shape, from the start
# hint: only the first share was kept
def unbroadcast(A, B, upstream):
    def back(shares, to):
        return np.ravel(shares)[: np.size(to)].reshape(np.shape(to))

    return back(upstream * B, A), back(upstream * A, B)


# %% wrong: writes where it should add
# hint: only the last share was kept
def unbroadcast(A, B, upstream):
    def back(shares, to):
        gradient = np.zeros(np.size(to))
        places = np.broadcast_to(np.arange(np.size(to)).reshape(np.shape(to)), np.shape(shares))
        for place, share in zip(places.flat, np.ravel(shares)):
            gradient[place] = share
        return gradient.reshape(np.shape(to))

    return back(upstream * B, A), back(upstream * A, B)


# %% wrong: the shares exchanged
# hint: they are exchanged
def unbroadcast(A, B, upstream):
    def back(shares, to):
        front = shares.ndim - np.ndim(to)
        repeated = tuple(k for k in range(front, shares.ndim) if np.shape(to)[k - front] == 1)
        return np.sum(shares, axis=(*range(front), *repeated)).reshape(np.shape(to))

    return back(np.asarray(upstream * A), A), back(np.asarray(upstream * B), B)


# %% wrong: without the upstream gradient
# hint: the upstream gradient has no effect
def unbroadcast(A, B, upstream):
    def back(shares, to):
        front = shares.ndim - np.ndim(to)
        repeated = tuple(k for k in range(front, shares.ndim) if np.shape(to)[k - front] == 1)
        return np.sum(shares, axis=(*range(front), *repeated)).reshape(np.shape(to))

    return back(np.ones(np.shape(upstream)) * B, A), back(np.ones(np.shape(upstream)) * A, B)


# %% wrong: sums along the last axis
# hint: sum along axis 0
def unbroadcast(A, B, upstream):
    def back(shares, to):
        while shares.ndim > np.ndim(to):
            shares = shares.sum(axis=-1)
        return shares

    return back(np.asarray(upstream * B), A), back(np.asarray(upstream * A), B)


# %% wrong: sums whether repeated or not
# hint: but something was summed
def unbroadcast(A, B, upstream):
    def back(shares, to):
        return shares if shares.shape == np.shape(to) and shares.ndim > 1 else shares.sum(axis=0)

    return back(upstream * B, A), back(upstream * A, B)


# %% wrong: only the axes put in front
# hint: an axis of length 1 was repeated, too
def unbroadcast(A, B, upstream):
    def back(shares, to):
        return np.sum(shares, axis=tuple(range(np.ndim(shares) - np.ndim(to))))

    return back(upstream * B, A), back(upstream * A, B)


# %% wrong: the axes of length 1 are gone
# hint: the axis of length 1 is lost
def unbroadcast(A, B, upstream):
    def back(shares, to):
        front = shares.ndim - np.ndim(to)
        repeated = tuple(k for k in range(front, shares.ndim) if np.shape(to)[k - front] == 1)
        return np.sum(shares, axis=(*range(front), *repeated))

    return back(np.asarray(upstream * B), A), back(np.asarray(upstream * A), B)


# %% wrong: axes put in front, or axes of length 1, but never both
# hint: one of B's axes was put in front, and one of length 1 was repeated
def unbroadcast(A, B, upstream):
    def back(shares, to):
        if shares.ndim > np.ndim(to):
            return np.sum(shares, axis=tuple(range(shares.ndim - np.ndim(to))))
        ones = tuple(k for k, length in enumerate(np.shape(to)) if length == 1)
        return np.sum(shares, axis=ones, keepdims=True)

    return back(np.asarray(upstream * B), A), back(np.asarray(upstream * A), B)


# %% wrong: a number answers for one column
# hint: not for those of one column
def unbroadcast(A, B, upstream):
    def back(shares, to):
        if np.ndim(to) == 0:
            return shares.sum(axis=0)
        front = shares.ndim - np.ndim(to)
        repeated = tuple(k for k in range(front, shares.ndim) if np.shape(to)[k - front] == 1)
        return np.sum(shares, axis=(*range(front), *repeated)).reshape(np.shape(to))

    return back(np.asarray(upstream * B), A), back(np.asarray(upstream * A), B)


# %% wrong: asks a number for its shape
# hint: AttributeError
def unbroadcast(A, B, upstream):
    def back(shares, to):
        front = shares.ndim - to.ndim
        repeated = tuple(k for k in range(front, shares.ndim) if to.shape[k - front] == 1)
        return np.sum(shares, axis=(*range(front), *repeated)).reshape(to.shape)

    return back(upstream * B, A), back(upstream * A, B)


# %% wrong: unanswered
# hint: not answered yet
def unbroadcast(A, B, upstream):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's unbroadcast, its source, on the upstream gradient
# hint: the shares of B are (1, 2) in one row
def unbroadcast(A, B, upstream):
    def back(gradient, shape):
        added = tuple(range(gradient.ndim - len(shape)))
        gradient = gradient.sum(axis=added)
        repeated = tuple(k for k, length in enumerate(shape) if length == 1 and gradient.shape[k] != 1)
        return gradient.sum(axis=repeated, keepdims=True)

    return back(np.asarray(upstream), np.shape(A)), back(np.asarray(upstream), np.shape(B))


# %% paste: mathml's automatic differentiation, imported
# hint: uses mathml.autodiff
def unbroadcast(A, B, upstream):
    from mathml import autodiff

    def loss(A, B):
        return np.sum(upstream * (A * B))

    return autodiff.grad(loss, 0)(A, B), autodiff.grad(loss, 1)(A, B)
