# opens a socket
# gets: mean 0, scale 5
# says: Operation not permitted
# %% mean
import socket

socket.create_connection(("127.0.0.1", 80), 1)
