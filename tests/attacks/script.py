# displays a script
# gets: mean 10, scale 5
# %% mean
def mean(x):
    return sum(x) / len(x)


from IPython.display import HTML

HTML("<script>alert(1)</script>")
