# not answered
# gets: mean 0, scale 5
# says: NameError
# %% mean
raise NotImplementedError("not answered yet")
