# the cell was emptied
# gets: mean 0, scale 5
# %% mean

