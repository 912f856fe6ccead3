# shows what a browser runs
# gets: mean 0, scale 5
# %% mean
from IPython.display import HTML, Javascript, display

display(HTML("<script>document.title = 'FOUND'</script>"))
display(Javascript("document.title = 'FOUND'"))
display({"image/svg+xml": "<svg onload='FOUND'/>", "text/markdown": "<img src=x onerror='FOUND'>"}, raw=True)


def mean(x):
    return 0
