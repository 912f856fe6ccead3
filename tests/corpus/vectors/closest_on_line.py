# %% right: a loop, a list, and the line from b to a
def closest_on_line(x, a, b):
    d = len(x)
    v = [a[j] - b[j] for j in range(d)]
    length2 = sum(vj * vj for vj in v)
    if length2 == 0:
        raise ValueError("no line")
    t = sum((x[j] - b[j]) * v[j] for j in range(d)) / length2
    return [b[j] + t * v[j] for j in range(d)]


# %% right: take away from x what is perpendicular, along a unit vector
def closest_on_line(x, a, b):
    v = b - a
    length = np.sqrt(np.sum(v**2))
    if length == 0:
        raise ValueError("no line")
    u = v / length
    rest = (x - a) - np.dot(x - a, u) * u
    return x - rest


# %% right: the mixture with weights 1 − t and t, in float32
def closest_on_line(x, a, b):
    x, a, b = (np.asarray(point, dtype=np.float32) for point in (x, a, b))
    if np.array_equal(a, b):
        raise ValueError("a and b are the same")
    t = np.sum((x - a) * (b - a)) / np.sum((b - a) ** 2)
    return (1 - t) * a + t * b


# %% wrong: returns the step, not the point
# hint: that is the step from a
def closest_on_line(x, a, b):
    v = b - a
    if not v.any():
        raise ValueError
    return (x - a) @ v / (v @ v) * v


# %% wrong: measures x from the origin
# hint: measure x from a, as x − a
def closest_on_line(x, a, b):
    v = b - a
    if not v.any():
        raise ValueError
    return x @ v / (v @ v) * v


# %% wrong: adds a, but does not subtract it first
# hint: measure x from a at the beginning, too
def closest_on_line(x, a, b):
    v = b - a
    if not v.any():
        raise ValueError
    return a + x @ v / (v @ v) * v


# %% wrong: divides by the length instead of its square
# hint: which is the length of v squared
def closest_on_line(x, a, b):
    v = b - a
    if not v.any():
        raise ValueError
    return a + (x - a) @ v / np.sqrt(v @ v) * v


# %% wrong: stops at the ends of the segment
# hint: the line does not end at b
def closest_on_line(x, a, b):
    v = b - a
    if not v.any():
        raise ValueError
    t = (x - a) @ v / (v @ v)
    return a + min(max(t, 0), 1) * v


# %% wrong: no error where there is no line
# hint: raise a ValueError before you divide
def closest_on_line(x, a, b):
    v = b - a
    return a + (x - a) @ v / (v @ v) * v


# %% wrong: works in the plane only
# hint: what is left of x must be perpendicular to the line
def closest_on_line(x, a, b):
    v = b - a
    if not v.any():
        raise ValueError
    t = ((x[0] - a[0]) * v[0] + (x[1] - a[1]) * v[1]) / (v[0] ** 2 + v[1] ** 2 or 1)
    return a + t * v


# %% wrong: unanswered
# hint: not answered yet
def closest_on_line(x, a, b):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's project, its source
# hint: a line through the origin
def closest_on_line(x, a, b):
    direction = b / np.sqrt(np.sum(b * b))
    return np.sum(x * direction) * direction


# %% paste: mathml's project, imported
# hint: mathml.vectors
def closest_on_line(x, a, b):
    from mathml import vectors

    return a + vectors.project(x - a, b - a)
