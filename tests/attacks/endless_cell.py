# a cell without end
# gets: mean 0, scale 5
# %% mean
while True:
    pass
