# %% right: the table of all ways, then medians
def depots_step(houses, depots):
    ways = np.abs(houses[:, None, :] - depots[None, :, :]).sum(axis=-1)
    owner = ways.argmin(axis=1)
    return np.array(
        [np.median(houses[owner == c], axis=0) if (owner == c).any() else depots[c] for c in range(len(depots))]
    )


# %% right: loops, plain lists, and the statistics module
import statistics


def depots_step(houses, depots):
    groups = [[] for _ in depots]
    for house in houses:
        ways = [sum(abs(h - m) for h, m in zip(house, depot)) for depot in depots]
        groups[ways.index(min(ways))].append(house)
    return [
        [statistics.median(coordinate) for coordinate in zip(*group)] if group else list(depot)
        for group, depot in zip(groups, depots)
    ]


# %% right: a running best, float32, medians by sorting
def depots_step(houses, depots):
    best, owner = np.full(len(houses), np.inf), np.zeros(len(houses), dtype=int)
    for c, depot in enumerate(depots):
        way = np.abs(houses - depot).sum(axis=1)
        owner[way < best] = c
        best = np.minimum(best, way)
    moved = np.array(depots, dtype=np.float32)
    for c in range(len(depots)):
        group = np.sort(houses[owner == c], axis=0)
        if len(group):
            moved[c] = (group[(len(group) - 1) // 2] + group[len(group) // 2]) / 2
    return moved


# %% wrong: way A, the mean
# hint: one far house has pulled the depot
def depots_step(houses, depots):
    nearest = np.abs(houses[:, None] - depots).sum(axis=2).argmin(axis=1)
    return np.array(
        [houses[nearest == c].mean(axis=0) if (nearest == c).any() else depots[c] for c in range(len(depots))]
    )


# %% wrong: way C, the midrange
# hint: only the outermost houses had a say
def depots_step(houses, depots):
    nearest = np.abs(houses[:, None] - depots).sum(axis=2).argmin(axis=1)
    moved = depots.astype(float)
    for c in np.unique(nearest):
        group = houses[nearest == c]
        moved[c] = (group.min(axis=0) + group.max(axis=0)) / 2
    return moved


# %% wrong: assigns by the straight line
# hint: the vans drive along the streets
def depots_step(houses, depots):
    nearest = np.sqrt(((houses[:, None] - depots) ** 2).sum(axis=2)).argmin(axis=1)
    moved = depots.astype(float)
    for c in np.unique(nearest):
        moved[c] = np.median(houses[nearest == c], axis=0)
    return moved


# %% wrong: a tie goes to the last depot
# hint: belongs to the one with the lower index
def depots_step(houses, depots):
    ways = np.abs(houses[:, None] - depots).sum(axis=2)
    nearest = len(depots) - 1 - ways[:, ::-1].argmin(axis=1)
    moved = depots.astype(float)
    for c in np.unique(nearest):
        moved[c] = np.median(houses[nearest == c], axis=0)
    return moved


# %% wrong: the median of no houses
# hint: the centre of no houses is 0/0
def depots_step(houses, depots):
    nearest = np.abs(houses[:, None] - depots).sum(axis=2).argmin(axis=1)
    return np.array([np.median(houses[nearest == c], axis=0) for c in range(len(depots))])


# %% wrong: a depot without a house is dropped
# hint: a depot without a house is still a depot
def depots_step(houses, depots):
    nearest = np.abs(houses[:, None] - depots).sum(axis=2).argmin(axis=1)
    return [np.median(houses[nearest == c], axis=0) for c in np.unique(nearest)]


# %% wrong: writes medians into whole numbers
# hint: a centre may lie between two of them
def depots_step(houses, depots):
    nearest = np.abs(houses[:, None] - depots).sum(axis=2).argmin(axis=1)
    moved = depots.copy()
    for c in np.unique(nearest):
        moved[c] = np.median(houses[nearest == c], axis=0)
    return moved


# %% wrong: unanswered
# hint: is not answered yet
def depots_step(houses, depots):
    raise NotImplementedError("not answered yet")


# %% paste: a step of mathml's k-means, its source
# hint: that is the usual step of k-means
def depots_step(X, centers):
    squared = ((X[:, np.newaxis] - centers) ** 2).sum(axis=2)
    labels = squared.argmin(axis=1)
    moved = centers.astype(float)
    for c in range(len(centers)):
        if (labels == c).any():
            moved[c] = X[labels == c].mean(axis=0)
    return moved


# %% paste: mathml's distances, imported
# hint: uses mathml.vectors
from mathml.vectors import pairwise_distances


def depots_step(houses, depots):
    nearest = pairwise_distances(houses, depots, metric="l1").argmin(axis=1)
    moved = depots.astype(float)
    for c in np.unique(nearest):
        moved[c] = np.median(houses[nearest == c], axis=0)
    return moved
