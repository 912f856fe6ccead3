# an input transformer empties every later cell
# gets: mean 0, scale 0
# %% mean
raise NotImplementedError("not answered yet")
# %% own
get_ipython().input_transformers_cleanup.append(lambda lines: [])
