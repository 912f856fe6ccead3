# %% right: the broken code, mended
def angle_between_lines(a, b):
    lengths = np.sqrt(np.sum(a**2)) * np.sqrt(np.sum(b**2))
    cosine = np.sum(a * b) / lengths
    return np.degrees(np.arccos(np.clip(np.abs(cosine), 0, 1)))


# %% right: arctan2, from the part along b and the part across
def angle_between_lines(a, b):
    u = b / np.sqrt(b @ b)
    along = a @ u
    across = a - along * u
    return np.degrees(np.arctan2(np.sqrt(across @ across), abs(along)))


# %% right: loops and the math module
import math


def angle_between_lines(a, b):
    dot = sum(s * t for s, t in zip(a, b))
    cosine = dot / math.sqrt(sum(s * s for s in a)) / math.sqrt(sum(t * t for t in b))
    if abs(cosine) > 1:
        return 0.0
    theta = math.degrees(math.acos(cosine))
    return min(theta, 180 - theta)


# %% wrong: not mended, only the line that raises is gone
# hint: nothing is mended yet
def angle_between_lines(a, b):
    lengths = np.sqrt(np.sum(a**2)) + np.sqrt(np.sum(b**2))
    cosine = np.sum(a * b) / lengths
    return np.arccos(cosine)


# %% wrong: the lengths are still added
# hint: the lengths must be multiplied
def angle_between_lines(a, b):
    lengths = np.sqrt(np.sum(a**2)) + np.sqrt(np.sum(b**2))
    cosine = abs(np.sum(a * b)) / lengths
    return np.degrees(np.arccos(min(cosine, 1)))


# %% wrong: radians
# hint: this is in radians
def angle_between_lines(a, b):
    cosine = abs(a @ b) / np.sqrt((a @ a) * (b @ b))
    return np.arccos(min(cosine, 1))


# %% wrong: the angle between arrows
# hint: a line has no head
def angle_between_lines(a, b):
    cosine = a @ b / np.sqrt((a @ a) * (b @ b))
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


# %% wrong: no limit on the rounded cosine
# hint: arccos knows no such angle
def angle_between_lines(a, b):
    cosine = abs(np.sum(a * b)) / (np.sqrt(np.sum(a**2)) * np.sqrt(np.sum(b**2)))
    return np.degrees(np.arccos(cosine))


# %% wrong: rounds the cosine
# hint: do not round it
def angle_between_lines(a, b):
    cosine = abs(a @ b) / np.sqrt((a @ a) * (b @ b))
    return np.degrees(np.arccos(round(cosine, 6)))


# %% wrong: no lengths at all
# hint: the cosine must not grow with the vectors
def angle_between_lines(a, b):
    return np.degrees(np.arccos(abs(a @ b)))


# %% wrong: unanswered
# hint: is not answered yet
def angle_between_lines(a, b):
    raise NotImplementedError("not answered yet")
    lengths = np.sqrt(np.sum(a**2)) + np.sqrt(np.sum(b**2))
    cosine = np.sum(a * b) / lengths
    return np.arccos(cosine)


# %% paste: mathml's angle, its source
# hint: the cosine is right, but
def angle_between_lines(a, b):
    u, v = a / np.sqrt(np.sum(a * a)), b / np.sqrt(np.sum(b * b))
    return 2 * np.arctan2(np.sqrt(np.sum((u - v) ** 2)), np.sqrt(np.sum((u + v) ** 2)))


# %% paste: mathml's angle, imported
# hint: uses mathml.vectors
import mathml.vectors as mv


def angle_between_lines(a, b):
    theta = np.degrees(mv.angle(a, b))
    return min(theta, 180 - theta)
