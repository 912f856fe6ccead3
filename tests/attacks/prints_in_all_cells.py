# prints as much as a cell may, in many cells
# gets: mean 0, scale 5
# %% own
print("x" * 999_000, 0)
# %% own
print("x" * 999_000, 1)
# %% own
print("x" * 999_000, 2)
# %% own
print("x" * 999_000, 3)
# %% own
print("x" * 999_000, 4)
# %% own
print("x" * 999_000, 5)
# %% own
print("x" * 999_000, 6)
# %% own
print("x" * 999_000, 7)
# %% own
print("x" * 999_000, 8)
# %% own
print("x" * 999_000, 9)
# %% own
print("x" * 999_000, 10)
# %% own
print("x" * 999_000, 11)
# %% own
print("x" * 999_000, 12)
# %% own
print("x" * 999_000, 13)
# %% own
print("x" * 999_000, 14)
# %% own
print("x" * 999_000, 15)
# %% own
print("x" * 999_000, 16)
# %% own
print("x" * 999_000, 17)
# %% own
print("x" * 999_000, 18)
# %% own
print("x" * 999_000, 19)
# %% own
print("x" * 999_000, 20)
# %% own
print("x" * 999_000, 21)
# %% own
print("x" * 999_000, 22)
# %% own
print("x" * 999_000, 23)
# %% own
print("x" * 999_000, 24)
# %% own
print("x" * 999_000, 25)
# %% own
print("x" * 999_000, 26)
# %% own
print("x" * 999_000, 27)
# %% own
print("x" * 999_000, 28)
# %% own
print("x" * 999_000, 29)


# %% mean
def mean(x):
    return 0
