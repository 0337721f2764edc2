from . import mini_selection, followers, collection, narrowed
